package org.tradepost.order;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.common.contract.order.OrderContract.Change;
import org.tradepost.common.contract.order.OrderContract.ListOrders;
import org.tradepost.common.contract.order.OrderContract.Order;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.sql.Database;

/** Reads orders and their history. */
final class OrderRepository {

  private static final String FIND_STORED =
      "select " + OrderRows.COLUMNS + " from orders o where o.id = any($1)";

  private static final String HISTORY =
      "select sequence, type, time, data, traceparent from event_feed where subject = $1 order by sequence";

  private final Database database;
  private final int maxExamined;

  OrderRepository(Database database) {
    this(database, OrderListing.MAX_EXAMINED);
  }

  /**
   * @param maxExamined how many orders of a customer are examined for one page
   */
  OrderRepository(Database database, int maxExamined) {
    this.database = database;
    this.maxExamined = maxExamined;
  }

  /**
   * Orders of a listing.
   *
   * @param lastExamined the last order that was examined, if there may be more after it
   */
  record Listed(List<Order> orders, Optional<Order> lastExamined) {}

  /** Where a page begins: after the order with this time and id. */
  record Position(Instant placedAt, UUID id) {}

  /** Finds an order; empty for a tombstone too. */
  Future<Optional<Order>> find(UUID id) {
    return findStored(id).map(stored -> stored.flatMap(StoredOrder::order));
  }

  /** Finds the row of an order, also if it is a tombstone. */
  Future<Optional<StoredOrder>> findStored(UUID id) {
    return findStored(List.of(id)).map(stored -> Optional.ofNullable(stored.get(id)));
  }

  /** Finds the rows of those ids that exist, by id. */
  Future<Map<UUID, StoredOrder>> findStored(List<UUID> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return database
        .query(FIND_STORED, Tuple.tuple().addValue(ids.toArray(UUID[]::new)))
        .map(
            rows -> {
              var found = new HashMap<UUID, StoredOrder>();
              rows.forEach(row -> found.put(row.getUUID("id"), stored(row)));
              return found;
            });
  }

  /**
   * Lists orders, newest first.
   *
   * @param customer whose orders; empty for all customers
   * @param after where to begin; empty for the newest
   * @param limit the most orders to read
   */
  Future<Listed> list(
      Optional<UUID> customer, ListOrders query, Optional<Position> after, int limit) {
    var listing = new OrderListing(customer, query, after);
    return database
        .query(listing.sql(limit, maxExamined), listing.parameters())
        .map(OrderRepository::listed);
  }

  private static Listed listed(RowSet<Row> rows) {
    var orders = new ArrayList<Order>();
    var lastExamined = Optional.<Order>empty();
    for (var row : rows) {
      var order = OrderRows.order(row);
      if (row.getBoolean("matches")) {
        orders.add(order);
      } else {
        lastExamined = Optional.of(order);
      }
    }
    return new Listed(orders, lastExamined);
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
        WireJson.mapper().valueToTree(row.getJsonObject("data").getMap()),
        row.getString("traceparent"));
  }

  private static StoredOrder stored(Row row) {
    return OrderRows.isTombstone(row)
        ? new StoredOrder(Optional.empty(), "")
        : new StoredOrder(Optional.of(OrderRows.order(row)), row.getString("fingerprint"));
  }
}
