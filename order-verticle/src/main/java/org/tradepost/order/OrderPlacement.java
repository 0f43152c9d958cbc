package org.tradepost.order;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/**
 * OrderPlacement an order: hold the stock, write the order, answer. The stock is settled after the
 * answer.
 *
 * <p>Whatever is lost on the way, the customer repeats the request with its key and meets the same
 * order; a hold that nobody comes back for is swept.
 */
final class OrderPlacement {

  private static final int LARGEST_BATCH = 128;
  private static final int LONGEST_QUEUE = 2_000;

  private final ServiceBus bus;
  private final Batcher<NewOrder, PlacementResult> writes;
  private final OrderRepository repository;

  /**
   * @param written told after each batch that was written
   */
  OrderPlacement(ServiceBus bus, OrderWriter writer, OrderRepository repository, Runnable written) {
    this.bus = bus;
    this.writes =
        new Batcher<>(
            LARGEST_BATCH,
            LONGEST_QUEUE,
            batch -> writer.write(batch).onSuccess(verdicts -> written.run()));
    this.repository = repository;
  }

  Future<Response<Order>> place(PlaceOrder request, RequestContext call) {
    NewOrder.refuseRepeatedProducts(request.lines());
    var customer = UUID.fromString(call.caller().subject());
    var key =
        request.idempotencyKey() == null ? UUID.randomUUID().toString() : request.idempotencyKey();
    var wanted =
        new HoldStock(OrderIds.of(customer, key), NewOrder.fingerprint(request), lines(request));
    return bus.call(StockContract.HOLD, wanted, call)
        .map(
            hold ->
                NewOrder.of(request, customer, key, wanted.fingerprint(), hold, call.traceparent()))
        .compose(order -> writes.submit(order, call))
        .recover(
            failure ->
                call.remaining() > 0
                    ? lookForEarlier(wanted, failure)
                    : Future.failedFuture(failure))
        .map(placement -> answer(placement, key));
  }

  /** What waits to be written. */
  Future<Map<String, Object>> queue() {
    return writes.metrics();
  }

  private static List<HoldStock.Line> lines(PlaceOrder request) {
    return request.lines().stream()
        .map(
            line -> new HoldStock.Line(line.productId(), line.quantity(), line.expectedUnitPrice()))
        .toList();
  }

  /**
   * When stock cannot be asked, or has nothing left of the hold, an order that was placed before
   * can still be told of.
   */
  private Future<PlacementResult> lookForEarlier(HoldStock wanted, Throwable failure) {
    if (!(failure instanceof ServiceException refusal
        && (refusal.is(CommonError.UNAVAILABLE) || refusal.is(OrderError.WRONG_STATE)))) {
      return Future.failedFuture(failure);
    }
    return repository
        .findStored(wanted.orderId())
        .compose(
            stored ->
                stored == null
                    ? Future.failedFuture(failure)
                    : stored.replay(wanted.fingerprint()));
  }

  private static Response<Order> answer(PlacementResult placement, String key) {
    Map<String, String> headers = new HashMap<>();
    headers.put("location", "/v1/orders/" + placement.order().id());
    headers.put("idempotency-key", key);
    if (placement.replayed()) {
      headers.put("idempotency-replayed", "true");
    }
    return new Response<>(placement.order(), headers);
  }
}
