package org.tradepost.proof.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Compares every order with its hold. Both are read in the order of their ids and merged, so that
 * their number is not limited by memory.
 */
final class HoldCheck {
  private static final String ORDERS =
      """
      with waiting as (
        select order_id, bool_or(type = 'OrderPlaced' and discarded_at is null) as placing,
               bool_or(type = 'OrderCancelled' and discarded_at is null) as cancelling,
               bool_or(discarded_at is not null) as discarded
          from undelivered group by order_id
      )
      select id::text, status, coalesce(encode(fingerprint, 'hex'), '') as fingerprint,
             (select coalesce(string_agg(concat_ws(' ', place, line ->> 3, line ->> 0, line ->> 4, currency), ', ' order by place), '')
                from json_array_elements(lines) with ordinality as item (line, place)) as lines,
             (select coalesce(string_agg(concat_ws(' ', quantity, product_id), ', ' order by product_id), '')
                from (select (line ->> 0)::uuid as product_id, sum((line ->> 3)::bigint) as quantity
                        from json_array_elements(lines) as line group by 1) as piece) as pieces,
             coalesce(waiting.placing, false) as placing, coalesce(waiting.cancelling, false) as cancelling,
             coalesce(waiting.discarded, false) as discarded
        from orders left join waiting on order_id = id order by orders.id
      """;

  /** Lines are kept for at least a day, which has 23 hours when the clocks change. */
  private static final String HOLDS =
      """
      with entered as (
        select order_id, product_id, -sum(delta) filter (where delta < 0) as sold,
               sum(delta) filter (where delta > 0) as returned
          from ledger where order_id in (select order_id from hold where lines_removed_at is not null)
         group by order_id, product_id
      ), ledger_lines as (
        select order_id,
               string_agg(concat_ws(' ', sold, product_id), ', ' order by product_id)
                 filter (where sold is not null) as sold,
               string_agg(concat_ws(' ', returned, product_id), ', ' order by product_id)
                 filter (where returned is not null) as returned
          from entered group by order_id
      )
      select hold.order_id::text, state, encode(fingerprint, 'hex') as fingerprint, expires_at < now() as expired,
             (select coalesce(string_agg(concat_ws(' ', place, line ->> 3, line ->> 0, line ->> 4, line ->> 5), ', ' order by place), '')
                from json_array_elements(lines) with ordinality as item (line, place)) as lines,
             lines_removed_at is not null as removed,
             coalesce(lines_removed_at < settled_at + interval '23 hours', true) as early,
             coalesce(sold, '') as sold, coalesce(returned, '') as returned
        from hold left join ledger_lines using (order_id) order by hold.order_id
      """;

  private final Map<String, String> orderViolations = new LinkedHashMap<>();
  private final Map<String, String> holdViolations = new LinkedHashMap<>();
  private long orderCount;
  private long holdCount;

  private HoldCheck() {}

  /** The findings of I4 and of I5. */
  static Map<Invariant, Finding> compare(Snapshot orders, Snapshot product) {
    var comparison = new HoldCheck();
    try (var placed = orders.rows(ORDERS, HoldCheck::order);
        var held = product.rows(HOLDS, HoldCheck::hold)) {
      comparison.merge(placed, held);
    }
    return Map.of(
        Invariant.I4, new Finding(comparison.orderCount, comparison.orderViolations),
        Invariant.I5, new Finding(comparison.holdCount, comparison.holdViolations));
  }

  private static AuditedOrder order(ResultSet row) throws SQLException {
    return new AuditedOrder(
        row.getString("id"),
        row.getString("status"),
        row.getString("fingerprint"),
        row.getString("lines"),
        row.getString("pieces"),
        row.getBoolean("placing"),
        row.getBoolean("cancelling"),
        row.getBoolean("discarded"));
  }

  private static AuditedHold hold(ResultSet row) throws SQLException {
    Optional<AuditedHold.RemovedLines> removedLines =
        row.getBoolean("removed")
            ? Optional.of(
                new AuditedHold.RemovedLines(
                    row.getBoolean("early"), row.getString("sold"), row.getString("returned")))
            : Optional.empty();
    return new AuditedHold(
        row.getString("order_id"),
        row.getString("state"),
        row.getString("fingerprint"),
        row.getString("lines"),
        row.getBoolean("expired"),
        removedLines);
  }

  /** Compares ids as text, which sorts as PostgreSQL sorts UUIDs; Java's UUIDs sort differently. */
  private void merge(Rows<AuditedOrder> orders, Rows<AuditedHold> holds) {
    var order = orders.next();
    var hold = holds.next();
    while (order.isPresent() || hold.isPresent()) {
      var side = side(order, hold);
      if (side > 0) {
        check(hold.get(), false);
        hold = holds.next();
        continue;
      }
      var checked = order.get();
      check(checked, side == 0 ? fault(checked, hold.get()) : faultWithoutHold(checked));
      order = orders.next();
      // If an order exists twice, its hold belongs to both.
      if (side == 0 && order.filter(next -> next.id().equals(checked.id())).isEmpty()) {
        check(hold.get(), true);
        hold = holds.next();
      }
    }
  }

  /** Negative if the order comes first, positive if the hold does, 0 if they belong together. */
  private static int side(Optional<AuditedOrder> order, Optional<AuditedHold> hold) {
    if (order.isEmpty() || hold.isEmpty()) {
      return order.isEmpty() ? 1 : -1;
    }
    return order.get().id().compareTo(hold.get().orderId());
  }

  private void check(AuditedOrder order, Optional<String> fault) {
    orderCount++;
    fault.ifPresent(found -> orderViolations.putIfAbsent(order.id(), found));
  }

  private static Optional<String> faultWithoutHold(AuditedOrder order) {
    return order.isTombstone() ? Optional.empty() : Optional.of(order.status() + " without hold");
  }

  private static Optional<String> fault(AuditedOrder order, AuditedHold hold) {
    if (!order.allows(hold)) {
      return Optional.of("%s, its hold is %s".formatted(order.description(), hold.state()));
    }
    return hold.removedLines()
        .map(removed -> faultOfRemovedLines(order, hold, removed))
        .orElseGet(() -> faultOfLines(order, hold))
        .or(() -> faultOfFingerprint(order, hold));
  }

  private static Optional<String> faultOfLines(AuditedOrder order, AuditedHold hold) {
    return order.isTombstone() || order.lines().equals(hold.lines())
        ? Optional.empty()
        : Optional.of(
            "its lines are [%s], its hold's are [%s]".formatted(order.lines(), hold.lines()));
  }

  private static Optional<String> faultOfFingerprint(AuditedOrder order, AuditedHold hold) {
    return order.isTombstone() || order.fingerprint().equals(hold.fingerprint())
        ? Optional.empty()
        : Optional.of("its hold was made for another request");
  }

  /** If the hold has no lines any more, the ledger must agree with the lines of the order. */
  private static Optional<String> faultOfRemovedLines(
      AuditedOrder order, AuditedHold hold, AuditedHold.RemovedLines removed) {
    if (removed.early() || !order.allowsRemovalOfLines() || !hold.lines().isEmpty()) {
      return Optional.of(order.description() + ", the lines of its hold are said to be removed");
    }
    return removed.isConsistentWith(hold.state(), order.pieces())
        ? Optional.empty()
        : Optional.of(
            "its lines are [%s], its hold was %s and had its lines removed, the ledger has [%s] sold and [%s] returned"
                .formatted(order.lines(), hold.state(), removed.sold(), removed.returned()));
  }

  /** A hold that has not expired is in flight: its order may still be written. */
  private void check(AuditedHold hold, boolean known) {
    holdCount++;
    if (hold.isHeld() && hold.expired()) {
      holdViolations.putIfAbsent(hold.orderId(), "HELD past its expiry");
    } else if (!known && !hold.isHeld()) {
      holdViolations.putIfAbsent(hold.orderId(), hold.state() + " without order or tombstone");
    }
  }
}
