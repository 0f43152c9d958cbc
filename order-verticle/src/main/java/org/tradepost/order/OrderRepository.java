package org.tradepost.order;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tradepost.common.contract.OrderContract.Change;
import org.tradepost.common.contract.OrderContract.ListOrders;
import org.tradepost.common.contract.OrderContract.Order;
import org.tradepost.common.json.WireJson;
import org.tradepost.common.runtime.Database;

/** Reads orders and their history. */
final class OrderRepository {

  private static final String FIND_STORED =
      "select " + OrderRows.COLUMNS + " from orders o where o.id = any($1)";

  private static final String LIST = "select " + OrderRows.COLUMNS + " from orders o where ";

  private static final String HISTORY =
      "select sequence, type, time, data from event where order_id = $1 order by sequence";

  private final Database database;

  OrderRepository(Database database) {
    this.database = database;
  }

  /** Where a page begins: just after the order with these. */
  record Position(Instant placedAt, UUID id) {}

  /** The order, or null. */
  Future<Order> find(UUID id) {
    return findStored(id).map(stored -> stored == null ? null : stored.order());
  }

  /** The row, tombstone or not, or null. */
  Future<StoredOrder> findStored(UUID id) {
    return findStored(List.of(id)).map(stored -> stored.get(id));
  }

  /** The rows of those ids that have one. */
  Future<Map<UUID, StoredOrder>> findStored(List<UUID> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return database
        .query(FIND_STORED, Tuple.tuple().addValue(ids.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, StoredOrder> found = new HashMap<>();
              rows.forEach(row -> found.put(row.getUUID("id"), stored(row)));
              return found;
            });
  }

  /**
   * Orders, newest first. Only the conditions that are asked for are in the statement, so that each
   * finds its index; and the limit is, for with a limit that it does not know the server would plan
   * each time anew.
   *
   * @param customer whose, or null for everybody's
   * @param after where to begin, or null
   * @param limit the most to read
   */
  Future<List<Order>> list(UUID customer, ListOrders query, Position after, int limit) {
    var conditions = new ArrayList<String>();
    var parameters = Tuple.tuple();
    if (customer != null) {
      conditions.add("o.customer_id = $" + add(parameters, customer));
    }
    conditions.add(
        query.status() == null
            ? "o.status <> 'ABANDONED'"
            : "o.status = $" + add(parameters, query.status().name()));
    if (query.placedAfter() != null) {
      conditions.add("o.placed_at >= $" + add(parameters, time(query.placedAfter())));
    }
    if (query.placedBefore() != null) {
      conditions.add("o.placed_at < $" + add(parameters, time(query.placedBefore())));
    }
    if (after != null) {
      conditions.add(
          "(o.placed_at, o.id) < ($%d, $%d)"
              .formatted(add(parameters, time(after.placedAt())), add(parameters, after.id())));
    }
    var sql =
        LIST
            + String.join(" and ", conditions)
            + " order by o.placed_at desc, o.id desc limit "
            + limit;
    return database
        .query(sql, parameters)
        .map(rows -> rows.stream().map(OrderRows::order).toList());
  }

  Future<List<Change>> history(UUID id) {
    return database
        .query(HISTORY, Tuple.of(id))
        .map(rows -> rows.stream().map(OrderRepository::change).toList());
  }

  private static Change change(Row row) {
    return new Change(
        row.getInteger("sequence"),
        row.getString("type"),
        OrderRows.instant(row, "time"),
        WireJson.mapper().valueToTree(row.getJsonObject("data").getMap()));
  }

  private static StoredOrder stored(Row row) {
    return OrderRows.isTombstone(row)
        ? new StoredOrder(null, null)
        : new StoredOrder(OrderRows.order(row), row.getString("fingerprint"));
  }

  private static int add(Tuple parameters, Object value) {
    return parameters.addValue(value).size();
  }

  private static Object time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
