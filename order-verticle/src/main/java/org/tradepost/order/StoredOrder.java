package org.tradepost.order;

import io.vertx.core.Future;
import java.util.Optional;
import org.tradepost.common.contract.order.OrderContract.Order;
import org.tradepost.common.contract.order.OrderError;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/**
 * The stored row of an order id.
 *
 * @param order the order; empty for a tombstone
 * @param fingerprint the first half of the fingerprint of the request that placed it
 */
record StoredOrder(Optional<Order> order, String fingerprint) {

  /** Replies to a request whose key was used before, by the same request or by another one. */
  Future<PlacementResult> replay(String fingerprintOfRequest) {
    if (order.isEmpty()) {
      return Future.failedFuture(new ServiceException(OrderError.ORDER_ABANDONED));
    }
    return fingerprintOfRequest.startsWith(fingerprint)
        ? Future.succeededFuture(new PlacementResult(asPlaced(order.get()), true))
        : Future.failedFuture(new ServiceException(CommonError.IDEMPOTENCY_MISMATCH));
  }

  /** Returns the order as the first response had it. */
  private static Order asPlaced(Order order) {
    return Order.placed(
        order.id(),
        order.number(),
        order.customerId(),
        order.lines(),
        order.total(),
        order.note(),
        order.placedAt());
  }
}
