package org.tradepost.product.settlement;

import java.util.UUID;

/**
 * A hold whose time is up while nobody has said what became of its order.
 *
 * @param traceparent W3C trace context of the request that made it, if that is sampled, or null
 */
record ExpiredHold(UUID orderId, String traceparent) {}
