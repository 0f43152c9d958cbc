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
 * @param fingerprint the first half of that of the request that placed it
 */
record StoredOrder(Optional<Order> order, String fingerprint) {

  /** The result of a repeated request, or of another request with a key that was used before. */
  Future<PlacementResult> replay(String fingerprintOfRequest) {
    if (order.isEmpty()) {
      return Future.failedFuture(new ServiceException(OrderError.ORDER_ABANDONED));
    }
    return fingerprintOfRequest.startsWith(fingerprint)
        ? Future.succeededFuture(new PlacementResult(asPlaced(order.get()), true))
        : Future.failedFuture(new ServiceException(CommonError.IDEMPOTENCY_MISMATCH));
  }

  /** The order as in the first response. */
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
