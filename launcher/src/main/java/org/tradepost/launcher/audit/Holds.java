package org.tradepost.launcher.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Holds every order against its hold. Both are read in the order of their ids and compared as they
 * come, so that any number fits into memory.
 */
final class Holds {
  private static final String ORDERS =
      """
      select id::text, status, fingerprint,
             (select string_agg(concat_ws(' ', line, quantity, product_id, unit_price, currency), ', ' order by line)
                from order_line where order_id = orders.id) as lines,
             exists (select 1 from event where order_id = orders.id and type = 'OrderPlaced' and delivered_at is null)
               as placing,
             exists (select 1 from event where order_id = orders.id and type = 'OrderCancelled' and delivered_at is null)
               as cancelling
        from orders order by id
      """;

  private static final String HOLDS =
      """
      select order_id::text, state, fingerprint, expires_at < now() as expired,
             (select string_agg(concat_ws(' ', line_no, quantity, product_id, amount, currency), ', ' order by line_no)
                from hold_line where hold_line.order_id = hold.order_id) as lines
        from hold order by hold.order_id
      """;

  private final Map<String, String> ofOrders = new LinkedHashMap<>();
  private final Map<String, String> ofHolds = new LinkedHashMap<>();
  private long orderCount;
  private long holdCount;

  private Holds() {}

  /** What was found of I4 and of I5. */
  static Map<Invariant, Finding> compare(Snapshot orders, Snapshot product) {
    Holds comparison = new Holds();
    try (Rows<OrderState> placed =
            orders.rows(
                ORDERS,
                row ->
                    new OrderState(
                        row.getString("id"),
                        row.getString("status"),
                        row.getString("fingerprint"),
                        row.getString("lines"),
                        row.getBoolean("placing"),
                        row.getBoolean("cancelling")));
        Rows<HoldState> held =
            product.rows(
                HOLDS,
                row ->
                    new HoldState(
                        row.getString("order_id"),
                        row.getString("state"),
                        row.getString("fingerprint"),
                        row.getString("lines"),
                        row.getBoolean("expired")))) {
      comparison.merge(placed, held);
    }
    return Map.of(
        Invariant.I4, new Finding(comparison.orderCount, comparison.ofOrders),
        Invariant.I5, new Finding(comparison.holdCount, comparison.ofHolds));
  }

  /** The text of a UUID sorts as PostgreSQL sorts UUIDs; Java's UUIDs do not. */
  private void merge(Rows<OrderState> orders, Rows<HoldState> holds) {
    OrderState order = orders.next();
    HoldState hold = holds.next();
    while (order != null || hold != null) {
      int side = order == null ? 1 : hold == null ? -1 : order.id().compareTo(hold.orderId());
      if (side <= 0) {
        check(order, side == 0 ? hold : null);
        String id = order.id();
        order = orders.next();
        // Should an order be there twice, its hold belongs to both.
        if (side == 0 && (order == null || !order.id().equals(id))) {
          check(hold, true);
          hold = holds.next();
        }
      } else {
        check(hold, false);
        hold = holds.next();
      }
    }
  }

  private void check(OrderState order, HoldState hold) {
    orderCount++;
    fault(order, hold).ifPresent(fault -> ofOrders.putIfAbsent(order.id(), fault));
  }

  private static Optional<String> fault(OrderState order, HoldState hold) {
    if (hold == null) {
      return order.isTombstone() ? Optional.empty() : Optional.of(order.status() + " without hold");
    }
    if (!order.allows(hold)) {
      return Optional.of(
          "%s%s, its hold is %s"
              .formatted(order.status(), order.isSettled() ? " and settled" : "", hold.state()));
    }
    if (order.isTombstone()) {
      return Optional.empty();
    }
    if (!Objects.equals(order.lines(), hold.lines())) {
      return Optional.of(
          "its lines are [%s], its hold's are [%s]".formatted(order.lines(), hold.lines()));
    }
    return Objects.equals(order.fingerprint(), hold.fingerprint())
        ? Optional.empty()
        : Optional.of("its hold was made for another request");
  }

  /** A hold that has not expired may still get its order: it is in flight. */
  private void check(HoldState hold, boolean known) {
    holdCount++;
    if (hold.isHeld() && hold.expired()) {
      ofHolds.putIfAbsent(hold.orderId(), "HELD past its expiry");
    } else if (!known && !hold.isHeld()) {
      ofHolds.putIfAbsent(hold.orderId(), hold.state() + " without order or tombstone");
    }
  }
}
