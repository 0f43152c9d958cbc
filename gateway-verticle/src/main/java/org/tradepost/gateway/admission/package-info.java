/**
 * Checks that a request passes before it is served: rate limit, token, role, parameters and body
 * size.
 *
 * <p>Start with {@code Admission}.
 */
package org.tradepost.gateway.admission;
