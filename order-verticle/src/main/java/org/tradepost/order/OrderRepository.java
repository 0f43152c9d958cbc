package org.tradepost.order;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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

  private static final String LIST =
      "select "
          + OrderRows.COLUMNS
          + ", true as matches from orders o where %s order by o.placed_at desc, o.id desc limit %d";

  private static final String HISTORY =
      "select sequence, type, time, data, traceparent from event where order_id = $1 order by sequence";

  /** The index of a customer's orders contains the state, so this reads the index only. */
  private static final String OF_CUSTOMER =
      """
      select id, placed_at, status from orders o where %s order by placed_at desc, id desc limit %d
      """;

  // If the page has room, the last order that was examined is returned too, as one without a match.
  private static final String LIST_OF_CUSTOMER_IN_STATE =
      """
      with found as materialized (
        select id from (%1$s) as step where status = $%2$d order by placed_at desc, id desc limit %3$d
      ), edge as (
        select id from (%1$s) as step where (select count(*) from found) < %3$d
         order by placed_at desc, id desc offset %4$d - 1 limit 1
      ), page as (
        select id, true as matches from found union all select id, false from edge
      )
      select %5$s, matches from page join orders o using (id)
       order by o.placed_at desc, o.id desc, matches desc
      """;

  /** Applies when a state is rare among the orders of a customer; it takes some milliseconds. */
  private static final int MOST_EXAMINED = 5_000;

  private final Database database;
  private final int mostExamined;

  OrderRepository(Database database) {
    this(database, MOST_EXAMINED);
  }

  /**
   * @param mostExamined how many orders of a customer are examined for one page
   */
  OrderRepository(Database database, int mostExamined) {
    this.database = database;
    this.mostExamined = mostExamined;
  }

  /**
   * Orders of a listing.
   *
   * @param edge the last order that was examined, when there may be more after it
   */
  record Listed(List<Order> orders, Optional<Order> edge) {}

  /** Where a page begins: after the order with this time and id. */
  record Position(Instant placedAt, UUID id) {}

  /** The order; empty for a tombstone too. */
  Future<Optional<Order>> find(UUID id) {
    return findStored(id).map(stored -> stored.flatMap(StoredOrder::order));
  }

  /** The row, tombstone or not. */
  Future<Optional<StoredOrder>> findStored(UUID id) {
    return findStored(List.of(id)).map(stored -> Optional.ofNullable(stored.get(id)));
  }

  /** The rows of those ids that exist, by id. */
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
   * Orders, newest first. The statement has only the conditions of the request, so that each
   * request uses its index. The limit is part of the text: as a parameter, it would make the server
   * plan each query anew.
   *
   * @param customer whose orders; empty for all customers
   * @param after where to begin; empty for the newest
   * @param limit the most orders to read
   */
  Future<Listed> list(
      Optional<UUID> customer, ListOrders query, Optional<Position> after, int limit) {
    var conditions = new ArrayList<String>();
    var parameters = Tuple.tuple();
    customer.ifPresent(id -> conditions.add("o.customer_id = $" + add(parameters, id)));
    if (query.number() != null) {
      conditions.add("o.number = $" + add(parameters, OrderRows.parse(query.number())));
    }
    if (query.placedAfter() != null) {
      conditions.add("o.placed_at >= $" + add(parameters, time(query.placedAfter())));
    }
    if (query.placedBefore() != null) {
      conditions.add("o.placed_at < $" + add(parameters, time(query.placedBefore())));
    }
    after.ifPresent(
        last ->
            conditions.add(
                String.format(
                    Locale.ROOT,
                    "(o.placed_at, o.id) < ($%d, $%d)",
                    add(parameters, time(last.placedAt())),
                    add(parameters, last.id()))));
    var sql =
        customer.isPresent() && query.status() != null
            ? inState(conditions, add(parameters, query.status().name()), limit)
            : plain(conditions, query, parameters, limit);
    return database.query(sql, parameters).map(OrderRepository::listed);
  }

  private static String plain(
      List<String> conditions, ListOrders query, Tuple parameters, int limit) {
    conditions.add(
        query.status() == null
            ? "o.status <> 'ABANDONED'"
            : "o.status = $" + add(parameters, query.status().name()));
    return String.format(Locale.ROOT, LIST, String.join(" and ", conditions), limit);
  }

  private String inState(List<String> conditions, int status, int limit) {
    var ofCustomer =
        String.format(Locale.ROOT, OF_CUSTOMER, String.join(" and ", conditions), mostExamined);
    return String.format(
        Locale.ROOT,
        LIST_OF_CUSTOMER_IN_STATE,
        ofCustomer,
        status,
        limit,
        mostExamined,
        OrderRows.COLUMNS);
  }

  private static Listed listed(RowSet<Row> rows) {
    var orders = new ArrayList<Order>();
    var edge = Optional.<Order>empty();
    for (var row : rows) {
      var order = OrderRows.order(row);
      if (row.getBoolean("matches")) {
        orders.add(order);
      } else {
        edge = Optional.of(order);
      }
    }
    return new Listed(orders, edge);
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

  private static int add(Tuple parameters, Object value) {
    return parameters.addValue(value).size();
  }

  private static Object time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
