/**
 * Calls to services over the event bus: cached replies, circuit breakers and repeated attempts.
 *
 * <p>{@code Operations} handles every request for a service.
 */
package org.tradepost.gateway.call;
