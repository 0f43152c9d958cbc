package org.tradepost.proof.torture.check;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tradepost.proof.audit.AuditedDatabase;
import org.tradepost.proof.torture.load.ReportedOrder;
import org.tradepost.proof.torture.load.TortureFailure;

/** Reads the databases, with SQL alone. */
public final class StoredStateReader {
  private static final String ORDERS =
      """
      select id::text, customer_id::text, idempotency_key, status, total
        from orders where status <> 'ABANDONED' order by number
      """;

  private static final String TOMBSTONES = "select count(*) from orders where status = 'ABANDONED'";

  private static final String LINES =
      """
      select order_id::text, product_id::text, quantity, unit_price from order_line order by order_id, line
      """;

  private static final String STOCKS =
      "select product_id::text, on_hand - reserved as available from stock order by product_id";

  private static final String HELD =
      """
      select order_id::text, product_id::text, quantity
        from hold join hold_line using (order_id) where state = 'HELD'
      """;

  private static final String HOLDS = "select count(*) from hold where state = 'HELD'";
  private static final String EVENTS = "select count(*) from outbox";

  private final AuditedDatabase orders;
  private final AuditedDatabase product;

  public StoredStateReader(AuditedDatabase orders, AuditedDatabase product) {
    this.orders = orders;
    this.product = product;
  }

  /** Reads the present row. */
  @FunctionalInterface
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** How many holds and events are not settled. */
  public long inFlight() {
    return count(product, HOLDS) + count(orders, EVENTS);
  }

  /** Everything that the checks need. */
  public StoredState read() {
    List<StoredState.Row> rows = orders();
    Set<String> sold = new HashSet<>();
    for (StoredState.Row row : rows) {
      if (!row.order().isCancelled()) {
        sold.add(row.order().id());
      }
    }
    return new StoredState(rows, count(orders, TOMBSTONES), stocks(held(sold)));
  }

  private List<StoredState.Row> orders() {
    Map<String, List<ReportedOrder.Line>> lines = new HashMap<>();
    query(
        orders,
        LINES,
        row ->
            lines
                .computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                .add(new ReportedOrder.Line(row.getString(2), row.getInt(3), row.getLong(4))));
    List<StoredState.Row> rows = new ArrayList<>();
    query(
        orders,
        ORDERS,
        row -> {
          String id = row.getString("id");
          rows.add(
              new StoredState.Row(
                  row.getString("idempotency_key"),
                  new ReportedOrder(
                      id,
                      row.getString("customer_id"),
                      row.getString("status"),
                      row.getLong("total"),
                      lines.getOrDefault(id, List.of()))));
        });
    return rows;
  }

  private Map<String, Long> held(Set<String> sold) {
    Map<String, Long> held = new HashMap<>();
    query(
        product,
        HELD,
        row -> {
          if (!sold.contains(row.getString("order_id"))) {
            held.merge(row.getString("product_id"), row.getLong("quantity"), Long::sum);
          }
        });
    return held;
  }

  private List<StoredState.Stock> stocks(Map<String, Long> held) {
    Map<String, StoredState.Stock> stocks = new LinkedHashMap<>();
    query(
        product,
        STOCKS,
        row -> {
          String id = row.getString("product_id");
          stocks.put(
              id, new StoredState.Stock(id, row.getLong("available"), held.getOrDefault(id, 0L)));
        });
    return List.copyOf(stocks.values());
  }

  private static long count(AuditedDatabase database, String sql) {
    long[] count = new long[1];
    query(database, sql, row -> count[0] = row.getLong(1));
    return count[0];
  }

  private static void query(AuditedDatabase database, String sql, RowReader reader) {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:" + database.url(), database.user(), database.password());
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      throw new TortureFailure("Cannot read " + database + ": " + e.getMessage(), e);
    }
  }
}
