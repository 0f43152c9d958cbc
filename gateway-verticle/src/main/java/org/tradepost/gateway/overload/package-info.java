/**
 * Limits on concurrent calls, for each service and each client, and load shedding.
 *
 * <p>{@code ServiceLimit} decides whether there is room for a call. {@code LoadShedding} rejects
 * requests for a full service before they reach the router.
 */
package org.tradepost.gateway.overload;
