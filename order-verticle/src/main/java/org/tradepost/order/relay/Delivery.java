package org.tradepost.order.relay;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.contract.product.StockContract;
import org.tradepost.common.contract.product.StockContract.Settle;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.telemetry.logging.LogFields;

/** Delivers events to the product service, which settles the holds of their orders. */
final class Delivery {

  private static final long TIMEOUT_MILLIS = 2_500;
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final ServiceBus bus;

  Delivery(ServiceBus bus) {
    this.bus = bus;
  }

  /**
   * Returns the orders whose events were acknowledged; fails if the product service is unavailable.
   *
   * @param events those of one order sorted from the earliest to the latest
   */
  Future<Set<UUID>> deliver(List<LoggedEvent> events) {
    return events.isEmpty()
        ? Future.succeededFuture(Set.of())
        : deliverTogether(events)
            .recover(
                failure ->
                    ServiceException.isTemporary(failure)
                        ? Future.failedFuture(failure)
                        : deliverEachOrder(events, failure));
  }

  private Future<Set<UUID>> deliverTogether(List<LoggedEvent> events) {
    var settlements = events.stream().map(LoggedEvent::settlement).toList();
    return bus.causedBy(
            events.stream().map(LoggedEvent::traceparent).toList(),
            "settle orders",
            () ->
                bus.call(
                    StockContract.SETTLE,
                    new Settle(settlements),
                    RequestContext.background(TIMEOUT_MILLIS)))
        .map(response -> Set.copyOf(response.settled()));
  }

  /** An event was rejected: delivers each order alone, so that one does not block the others. */
  private Future<Set<UUID>> deliverEachOrder(List<LoggedEvent> events, Throwable failure) {
    var orders = new LinkedHashMap<UUID, List<LoggedEvent>>();
    for (var event : events) {
      orders.computeIfAbsent(event.orderId(), id -> new ArrayList<>()).add(event);
    }
    if (orders.size() == 1) {
      var order = events.get(0).orderId();
      log.atWarn()
          .addKeyValue(LogFields.ORDER_ID, order)
          .log("order {} cannot be settled: {}", order, failure.getMessage());
      return Future.succeededFuture(Set.of());
    }
    var settled = new HashSet<UUID>();
    var each = Future.<Void>succeededFuture();
    for (var ofOrder : orders.values()) {
      each = each.compose(done -> deliver(ofOrder)).onSuccess(settled::addAll).mapEmpty();
    }
    return each.map(settled);
  }
}
