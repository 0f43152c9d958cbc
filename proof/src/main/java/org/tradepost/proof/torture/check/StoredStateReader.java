package org.tradepost.proof.torture.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tradepost.proof.audit.AuditedDatabase;
import org.tradepost.proof.audit.Snapshot;
import org.tradepost.proof.torture.load.ReportedOrder;

/** Reads the databases with SQL alone. */
public final class StoredStateReader {
  private static final String ORDERS =
      """
      select id::text, customer_id::text, idempotency_key, status, total
        from orders where status <> 'ABANDONED' order by number
      """;

  private static final String TOMBSTONES = "select count(*) from orders where status = 'ABANDONED'";

  private static final String LINES =
      """
      select id::text, line ->> 0, (line ->> 3)::bigint, (line ->> 4)::bigint
        from orders cross join lateral json_array_elements(lines) with ordinality as item (line, place)
       order by id, place
      """;

  private static final String STOCKS =
      "select product_id::text, on_hand - reserved as available from stock order by product_id";

  private static final String HELD =
      """
      select order_id::text, line ->> 0, (line ->> 3)::bigint
        from hold cross join lateral json_array_elements(lines) as line where state = 'HELD'
      """;

  private static final String HOLDS = "select count(*) from hold where state = 'HELD'";
  private static final String EVENTS = "select count(*) from undelivered";

  private final AuditedDatabase orders;
  private final AuditedDatabase product;

  public StoredStateReader(AuditedDatabase orders, AuditedDatabase product) {
    this.orders = orders;
    this.product = product;
  }

  /** Stock that an order holds. */
  private record Held(String order, String product, long quantity) {}

  /** The number of holds and events that are not settled. */
  public long inFlight() {
    try (var productNow = Snapshot.of(product);
        var ordersNow = Snapshot.of(orders)) {
      return productNow.count(HOLDS) + ordersNow.count(EVENTS);
    }
  }

  /** Everything that the checks need. */
  public StoredState read() {
    try (var ordersNow = Snapshot.of(orders);
        var productNow = Snapshot.of(product)) {
      var rows = orders(ordersNow);
      var sold =
          rows.stream()
              .map(StoredState.Row::order)
              .filter(order -> !order.isCancelled())
              .map(ReportedOrder::id)
              .collect(Collectors.toSet());
      return new StoredState(rows, ordersNow.count(TOMBSTONES), stocks(productNow, sold));
    }
  }

  private static List<StoredState.Row> orders(Snapshot orders) {
    var lines =
        orders
            .list(
                LINES,
                row ->
                    Map.entry(
                        row.getString(1),
                        new ReportedOrder.Line(row.getString(2), row.getInt(3), row.getLong(4))))
            .stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return orders.list(
        ORDERS,
        row ->
            new StoredState.Row(
                row.getString("idempotency_key"),
                new ReportedOrder(
                    row.getString("id"),
                    row.getString("customer_id"),
                    row.getString("status"),
                    row.getLong("total"),
                    lines.getOrDefault(row.getString("id"), List.of()))));
  }

  private static List<StoredState.Stock> stocks(Snapshot product, Set<String> sold) {
    var held =
        product
            .list(HELD, row -> new Held(row.getString(1), row.getString(2), row.getLong(3)))
            .stream()
            .filter(hold -> !sold.contains(hold.order()))
            .collect(Collectors.groupingBy(Held::product, Collectors.summingLong(Held::quantity)));
    return product.list(
        STOCKS,
        row ->
            new StoredState.Stock(
                row.getString(1), row.getLong(2), held.getOrDefault(row.getString(1), 0L)));
  }
}
