/** How operations are called over the event bus. */
package org.tradepost.common.bus;
