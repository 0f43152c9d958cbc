/** How the events of a service are read and followed. */
package org.tradepost.common.events;
