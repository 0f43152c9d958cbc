package org.tradepost.order;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.Response;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.contract.order.OrderContract.Order;
import org.tradepost.common.contract.order.OrderContract.PlaceOrder;
import org.tradepost.common.contract.order.OrderError;
import org.tradepost.common.contract.product.StockContract;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Batcher;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.telemetry.logging.LoggingContext;
import org.tradepost.platform.telemetry.metrics.Metrics;

/**
 * Places an order: holds the stock, writes the order, responds. The hold is settled after the
 * response.
 *
 * <p>If any message is lost, the customer repeats the request with the same key and gets the same
 * order. If an order is never written, the sweep of expired holds releases its hold.
 */
final class OrderPlacement {

  private static final int MAX_BATCH_SIZE = 128;
  private static final int MAX_QUEUE_SIZE = 2_000;

  private final ServiceBus bus;
  private final Batcher<NewOrder, PlacementResult> writes;
  private final OrderRepository repository;

  /**
   * @param written runs after each batch has been written
   */
  OrderPlacement(ServiceBus bus, OrderWriter writer, OrderRepository repository, Runnable written) {
    this.bus = bus;
    this.writes =
        new Batcher<>(
            MAX_BATCH_SIZE,
            MAX_QUEUE_SIZE,
            batch -> writer.write(batch).onSuccess(results -> written.run()));
    this.repository = repository;
  }

  Future<Response<Order>> place(PlaceOrder request, RequestContext call) {
    NewOrder.rejectRepeatedProducts(request.lines());
    var customer = UUID.fromString(call.caller().subject());
    var key =
        request.idempotencyKey() == null ? UUID.randomUUID().toString() : request.idempotencyKey();
    var holdRequest =
        new HoldStock(OrderIds.of(customer, key), NewOrder.fingerprint(request), lines(request));
    LoggingContext.setOrder(holdRequest.orderId());
    return bus.call(StockContract.HOLD, holdRequest, call)
        .map(
            hold ->
                NewOrder.of(
                    request, customer, key, holdRequest.fingerprint(), hold, call.traceparent()))
        .compose(order -> writes.submit(order, call))
        .recover(
            failure ->
                call.remaining() > 0
                    ? findEarlier(holdRequest, failure)
                    : Future.failedFuture(failure))
        .map(placement -> response(placement, key));
  }

  void measure(Metrics metrics) {
    writes.measure(metrics, "orders to write");
  }

  private static List<HoldStock.Line> lines(PlaceOrder request) {
    return request.lines().stream()
        .map(
            line -> new HoldStock.Line(line.productId(), line.quantity(), line.expectedUnitPrice()))
        .toList();
  }

  /**
   * Looks for an order placed earlier, if the outcome is unknown or the product service has removed
   * the lines of the hold.
   */
  private Future<PlacementResult> findEarlier(HoldStock holdRequest, Throwable failure) {
    if (!(failure instanceof ServiceException rejection
        && (rejection.is(CommonError.UNAVAILABLE) || rejection.is(OrderError.WRONG_STATE)))) {
      return Future.failedFuture(failure);
    }
    // The order may exist already, so a failed read must not say that nothing was changed.
    return Database.afterCommit(repository.findStored(holdRequest.orderId()))
        .compose(
            stored ->
                stored
                    .map(order -> order.replay(holdRequest.fingerprint()))
                    .orElseGet(() -> Future.failedFuture(failure)));
  }

  private static Response<Order> response(PlacementResult placement, String key) {
    var headers = new HashMap<String, String>();
    headers.put("location", "/v1/orders/" + placement.order().id());
    headers.put("idempotency-key", key);
    if (placement.replayed()) {
      headers.put("idempotency-replayed", "true");
    }
    return new Response<>(placement.order(), headers);
  }
}
