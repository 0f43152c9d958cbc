package org.tradepost.common.contract.order;

import static org.tradepost.common.bus.Operation.open;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.contract.product.Money;

/** What the order service offers to users. */
public final class OrderContract {

  /**
   * Places an order. Repeated with the same key, it returns the customer's order as it was when
   * placed.
   */
  public static final Operation<PlaceOrder, Order> PLACE =
      open("order.v1.place", PlaceOrder.class, Order.class);

  public static final Operation<GetOrder, Order> GET =
      open("order.v1.get", GetOrder.class, Order.class);

  /** The caller's orders, newest first; for an administrator, the orders of all customers. */
  public static final Operation<ListOrders, OrderPage> LIST =
      open("order.v1.list", ListOrders.class, OrderPage.class);

  /**
   * Cancels an order that has not been shipped; its stock comes back soon after. A repeated call
   * gets the same reply.
   */
  public static final Operation<CancelOrder, Order> CANCEL =
      open("order.v1.cancel", CancelOrder.class, Order.class);

  public static final Operation<ShipOrder, Order> SHIP =
      open("order.v1.ship", ShipOrder.class, Order.class);

  public static final Operation<DeliverOrder, Order> DELIVER =
      open("order.v1.deliver", DeliverOrder.class, Order.class);

  public static final Operation<GetOrder, History> HISTORY =
      open("order.v1.history", GetOrder.class, History.class);

  private OrderContract() {}

  /**
   * What a customer wants.
   *
   * @param idempotencyKey makes it safe to repeat the request; generated if null
   * @param lines one for each product
   * @param note a message to the seller, or null
   */
  public record PlaceOrder(String idempotencyKey, List<PlaceLine> lines, String note) {}

  /**
   * A quantity of one product.
   *
   * @param expectedUnitPrice the price that the customer saw, or null to accept any price
   */
  public record PlaceLine(UUID productId, int quantity, Money expectedUnitPrice) {}

  public record GetOrder(UUID id) {}

  /**
   * Which orders to list.
   *
   * @param number only the order with this number, or null for all
   * @param placedAfter the earliest time, or null
   * @param placedBefore the end of the time range, exclusive, or null
   * @param customerId for administrators: only this customer's orders, or null for all
   */
  public record ListOrders(
      String number,
      OrderStatus status,
      Instant placedAfter,
      Instant placedBefore,
      UUID customerId,
      int limit,
      String cursor) {}

  public record CancelOrder(UUID id, String reason) {}

  public record ShipOrder(UUID id, String carrier, String trackingNumber) {}

  public record DeliverOrder(UUID id) {}

  /** The state of an order. */
  public enum OrderStatus {
    PLACED,
    SHIPPED,
    DELIVERED,
    CANCELLED
  }

  /**
   * An order.
   *
   * @param number the number that people see
   * @param lines with names and prices as they were when it was placed
   * @param version 1 when placed, one more with each change
   * @param cancellation why and when it was cancelled, or null
   * @param shipment how and when it was shipped, or null
   * @param deliveredAt when it arrived, or null
   */
  public record Order(
      UUID id,
      String number,
      UUID customerId,
      OrderStatus status,
      String currency,
      List<OrderLine> lines,
      Money total,
      String note,
      int version,
      Instant placedAt,
      Instant updatedAt,
      Cancellation cancellation,
      Shipment shipment,
      Instant deliveredAt) {

    /** An order that has just been placed. */
    public static Order placed(
        UUID id,
        String number,
        UUID customerId,
        List<OrderLine> lines,
        Money total,
        String note,
        Instant at) {
      return new Order(
          id,
          number,
          customerId,
          OrderStatus.PLACED,
          total.currency(),
          lines,
          total,
          note,
          1,
          at,
          at,
          null,
          null,
          null);
    }
  }

  /** A line of an order. */
  public record OrderLine(
      UUID productId, String sku, String name, int quantity, Money unitPrice, Money lineTotal) {}

  public record Cancellation(String reason, Instant cancelledAt) {}

  public record Shipment(String carrier, String trackingNumber, Instant shippedAt) {}

  /**
   * A page of orders.
   *
   * @param nextCursor where the next page begins, null on the last
   * @param incomplete true if the page was cut short because there were too many orders to examine;
   *     the other matches are on the next pages. Null otherwise
   */
  public record OrderPage(List<Order> items, String nextCursor, Boolean incomplete) {}

  public record History(List<Change> items) {}

  /**
   * One change of an order.
   *
   * @param version the order's version after it
   * @param data what belongs to this type of change
   * @param traceparent the W3C trace context of the request that caused it, or null
   */
  public record Change(int version, String type, Instant time, JsonNode data, String traceparent) {}
}
