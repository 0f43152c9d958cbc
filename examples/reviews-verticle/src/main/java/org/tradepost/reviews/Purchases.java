package org.tradepost.reviews;

import io.vertx.core.Future;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.contract.order.OrderContract;
import org.tradepost.common.contract.order.OrderContract.GetOrder;
import org.tradepost.common.contract.order.OrderContract.Order;
import org.tradepost.common.contract.order.OrderContract.OrderStatus;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.reviews.ReviewContract.WriteReview;

/** Asks the order service whether a customer has bought a product. */
final class Purchases {

  private final ServiceBus bus;

  Purchases(ServiceBus bus) {
    this.bus = bus;
  }

  /**
   * Checks that the order of a review is the caller's own, has the product and was not cancelled.
   *
   * @return fails with {@code NOT_BOUGHT}, or with {@code UNAVAILABLE} if the order service is
   *     unavailable
   */
  Future<Void> check(WriteReview review, RequestContext call) {
    return bus.call(OrderContract.GET, new GetOrder(review.orderId()), call)
        .recover(Purchases::unknownOrder)
        .compose(
            order ->
                proves(order, review, call)
                    ? Future.succeededFuture()
                    : Future.failedFuture(new ServiceException(ReviewError.NOT_BOUGHT)));
  }

  private static Future<Order> unknownOrder(Throwable failure) {
    return failure instanceof ServiceException rejection && rejection.is(CommonError.NOT_FOUND)
        ? Future.failedFuture(new ServiceException(ReviewError.NOT_BOUGHT))
        : Future.failedFuture(failure);
  }

  /** An administrator may read the orders of others, but not review what they bought. */
  private static boolean proves(Order order, WriteReview review, RequestContext call) {
    return order.customerId().toString().equals(call.caller().subject())
        && order.status() != OrderStatus.CANCELLED
        && order.lines().stream().anyMatch(line -> line.productId().equals(review.productId()));
  }
}
