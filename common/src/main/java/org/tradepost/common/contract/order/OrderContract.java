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
   * Places an order; the same key of the same customer gives the same order. Replies as the order
   * was when placed.
   */
  public static final Operation<PlaceOrder, Order> PLACE =
      open("order.v1.place", PlaceOrder.class, Order.class);

  public static final Operation<GetOrder, Order> GET =
      open("order.v1.get", GetOrder.class, Order.class);

  /** The caller's orders, newest first; an administrator's are everybody's. */
  public static final Operation<ListOrders, OrderPage> LIST =
      open("order.v1.list", ListOrders.class, OrderPage.class);

  /**
   * Cancels an order that was not shipped; its stock comes back soon after. A repeated call gives
   * the same answer.
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
   * @param idempotencyKey makes a repetition safe; made when it is null
   * @param lines one for each product
   * @param note a word to the seller, or null
   */
  public record PlaceOrder(String idempotencyKey, List<PlaceLine> lines, String note) {}

  /**
   * Pieces of one product.
   *
   * @param expectedUnitPrice what the customer saw, or null when they do not mind
   */
  public record PlaceLine(UUID productId, int quantity, Money expectedUnitPrice) {}

  public record GetOrder(UUID id) {}

  /**
   * Which orders to list.
   *
   * @param number the one with this number, or null for all
   * @param placedAfter from then on, or null
   * @param placedBefore until just before then, or null
   * @param customerId for administrators: one customer's, or null for everybody's
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

  /** Where an order is on its way. */
  public enum OrderStatus {
    PLACED,
    SHIPPED,
    DELIVERED,
    CANCELLED
  }

  /**
   * An order.
   *
   * @param number what people call it
   * @param lines with names and prices as they were when it was placed
   * @param version 1 when placed, one more with each change
   * @param cancellation why and when, or null
   * @param shipment how and when, or null
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
   * Some orders.
   *
   * @param nextCursor where the next page begins, null on the last
   * @param incomplete true when the page ended before it was full, since there was too much to look
   *     at; what else matches is on the next ones. Null otherwise
   */
  public record OrderPage(List<Order> items, String nextCursor, Boolean incomplete) {}

  public record History(List<Change> items) {}

  /**
   * One step of an order's life.
   *
   * @param version the order's version after it
   * @param data what belongs to this kind of step
   * @param traceparent the W3C trace context of the request that caused it, or null
   */
  public record Change(int version, String type, Instant time, JsonNode data, String traceparent) {}
}
