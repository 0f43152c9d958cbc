package org.tradepost.product.settlement;

import java.util.UUID;

/**
 * A hold that expired before it was settled.
 *
 * @param traceparent W3C trace context of the request that made the hold, or null if not sampled
 */
record ExpiredHold(UUID orderId, String traceparent) {}
