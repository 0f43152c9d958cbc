/** The events of all services, as pages and as a stream of Server-Sent Events. */
package org.tradepost.gateway.events;
