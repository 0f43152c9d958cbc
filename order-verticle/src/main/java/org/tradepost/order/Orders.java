package org.tradepost.order;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.order.OrderContract.CancelOrder;
import org.tradepost.common.contract.order.OrderContract.DeliverOrder;
import org.tradepost.common.contract.order.OrderContract.GetOrder;
import org.tradepost.common.contract.order.OrderContract.History;
import org.tradepost.common.contract.order.OrderContract.ListOrders;
import org.tradepost.common.contract.order.OrderContract.Order;
import org.tradepost.common.contract.order.OrderContract.OrderPage;
import org.tradepost.common.contract.order.OrderContract.OrderStatus;
import org.tradepost.common.contract.order.OrderContract.ShipOrder;
import org.tradepost.common.contract.order.OrderError;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.json.ReadableText;
import org.tradepost.platform.sql.Cursor;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.telemetry.logging.LoggingContext;

/**
 * The operations on an order after it was placed, and who may call them.
 *
 * <p>A command that is repeated after it took effect succeeds and changes nothing, so the loss of a
 * response does no harm.
 */
final class Orders {

  private final OrderRepository repository;
  private final OrderTransitions transitions;
  private final Runnable written;

  /**
   * @param written runs after each transition of an order
   */
  Orders(OrderRepository repository, OrderTransitions transitions, Runnable written) {
    this.repository = repository;
    this.transitions = transitions;
    this.written = written;
  }

  /** One of the caller's orders; administrators may read the orders of all customers. */
  Future<Order> get(GetOrder request, RequestContext call) {
    return visible(request.id(), call.caller());
  }

  Future<OrderPage> list(ListOrders request, RequestContext call) {
    var caller = call.caller();
    var asked = Optional.ofNullable(request.customerId());
    var customer = caller.isAdmin() ? asked : Optional.of(UUID.fromString(caller.subject()));
    if (asked.isPresent() && !asked.equals(customer)) {
      throw new ServiceException(CommonError.FORBIDDEN, "Only administrators see others' orders");
    }
    var listing =
        Cursor.listing(
            "orders",
            caller.subject(),
            customer.orElse(null),
            request.number(),
            request.status(),
            request.placedAfter(),
            request.placedBefore());
    return repository
        .list(
            customer,
            request,
            Optional.ofNullable(request.cursor()).map(cursor -> position(cursor, listing)),
            request.limit() + 1)
        .map(found -> page(found, request.limit(), listing));
  }

  Future<Order> cancel(CancelOrder request, RequestContext call) {
    return visible(request.id(), call.caller())
        .compose(order -> transitions.cancel(order.id(), request.reason(), call.traceparent()))
        .compose(
            moved -> result(request.id(), moved, order -> order.status() == OrderStatus.CANCELLED));
  }

  Future<Order> ship(ShipOrder request, RequestContext call) {
    var carrier = ReadableText.strip(request.carrier());
    var number = ReadableText.strip(request.trackingNumber());
    return visible(request.id(), call.caller())
        .compose(order -> transitions.ship(order.id(), carrier, number, call.traceparent()))
        .compose(moved -> result(request.id(), moved, order -> isShipped(order, carrier, number)));
  }

  Future<Order> deliver(DeliverOrder request, RequestContext call) {
    return visible(request.id(), call.caller())
        .compose(order -> transitions.deliver(order.id(), call.traceparent()))
        .compose(
            moved -> result(request.id(), moved, order -> order.status() == OrderStatus.DELIVERED));
  }

  Future<History> history(GetOrder request, RequestContext call) {
    return visible(request.id(), call.caller())
        .compose(order -> repository.history(order.id()))
        .map(History::new);
  }

  private Future<Order> visible(UUID id, Caller caller) {
    LoggingContext.setOrder(id);
    return repository
        .find(id)
        .map(
            found ->
                found
                    .filter(
                        order ->
                            caller.isAdmin()
                                || order.customerId().toString().equals(caller.subject()))
                    .orElseThrow(
                        () ->
                            new ServiceException(CommonError.NOT_FOUND, "There is no such order")));
  }

  private Future<Order> result(UUID id, boolean moved, Predicate<Order> alreadyDone) {
    if (moved) {
      written.run();
    }
    var found = repository.find(id);
    return (moved ? Database.afterCommit(found) : found)
        .map(Optional::orElseThrow)
        .map(
            order -> {
              if (!moved && !alreadyDone.test(order)) {
                throw new ServiceException(
                    OrderError.WRONG_STATE,
                    "The order is " + order.status(),
                    Map.of("status", order.status().name()));
              }
              return order;
            });
  }

  /** Whether the order was shipped like this; a delivered order was shipped, too. */
  private static boolean isShipped(Order order, String carrier, String number) {
    var shipment = order.shipment();
    return shipment != null
        && shipment.carrier().equals(carrier)
        && shipment.trackingNumber().equals(number);
  }

  private static OrderRepository.Position position(String cursor, String listing) {
    var keys = Cursor.read(cursor, listing, 2);
    return new OrderRepository.Position(keys.time(0), keys.id(1));
  }

  private static OrderPage page(OrderRepository.Listed listed, int limit, String listing) {
    var found = listed.orders();
    if (found.size() > limit) {
      return new OrderPage(found.subList(0, limit), cursor(found.get(limit - 1), listing), null);
    }
    return listed
        .lastExamined()
        .map(
            last -> new OrderPage(found, cursor(last, listing), found.size() < limit ? true : null))
        .orElseGet(() -> new OrderPage(found, null, null));
  }

  private static String cursor(Order last, String listing) {
    return Cursor.write(listing, List.of(last.placedAt().toString(), last.id().toString()));
  }
}
