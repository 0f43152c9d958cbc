/** How a service serves the events in its own database. */
package org.tradepost.platform.eventlog;
