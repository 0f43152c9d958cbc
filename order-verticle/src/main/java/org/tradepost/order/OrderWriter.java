package org.tradepost.order;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tradepost.common.contract.order.OrderContract.Order;
import org.tradepost.platform.sql.Columns;
import org.tradepost.platform.sql.Database;

/** Writes a batch of new orders, each with its first event: one statement, one round trip. */
final class OrderWriter {

  /**
   * All instances write ids in the same order, so that two batches with the same ids cannot
   * deadlock.
   *
   * <p>A scalar subquery, which is never planned as a join, leaves out existing orders. {@code on
   * conflict do nothing} would do as many lookups, and write one more WAL record for each order.
   */
  private static final String WRITE =
      """
      with requested as (
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[],
                             $8::text[], $9::text[])
          as t (id, customer_id, idempotency_key, fingerprint, currency, total, note, lines, trace)
      ), placed as (
        insert into orders (id, customer_id, number, total, placed_at, updated_at, version, status, idempotency_key,
                            fingerprint, currency, lines, note)
        select id, customer_id, nextval('order_number'), total, now(), now(), 1, 'PLACED', idempotency_key,
               substr(decode(fingerprint, 'hex'), 1, 16), currency, lines::json, note
          from requested
         where (select true from orders where orders.id = requested.id) is null
         order by id
        returning id, customer_id, number, total, currency, placed_at
      ), logged as (
        insert into event (order_id, customer_id, sequence, type, time, total, currency, trace)
        select placed.id, placed.customer_id, 1, 'OrderPlaced', placed_at, placed.total, placed.currency,
               decode(trace, 'hex')
          from placed join requested using (id)
      )
      select id, number, placed_at from placed
      """;

  private final Database database;
  private final OrderRepository repository;

  OrderWriter(Database database, OrderRepository repository) {
    this.database = database;
    this.repository = repository;
  }

  /** Returns a result for each order: placed now, placed before, or rejected. */
  Future<List<Future<PlacementResult>>> write(List<NewOrder> batch) {
    return insert(batch).map(placed -> results(batch, placed));
  }

  private Future<Map<UUID, Row>> insert(List<NewOrder> batch) {
    var distinct =
        batch.stream()
            .collect(Collectors.toMap(NewOrder::id, order -> order, (first, second) -> first))
            .values()
            .stream()
            .sorted(Comparator.comparing(order -> order.id().toString()))
            .toList();
    return insert(parameters(distinct))
        .map(
            rows -> {
              var placed = new HashMap<UUID, Row>();
              rows.forEach(row -> placed.put(row.getUUID("id"), row));
              return placed;
            });
  }

  /** Inserts again if another transaction has inserted one of the orders in the meantime. */
  private Future<RowSet<Row>> insert(Tuple parameters) {
    return database
        .transaction(WRITE, parameters)
        .recover(
            failure ->
                failure instanceof PgException pg && "orders_pkey".equals(pg.getConstraint())
                    ? insert(parameters)
                    : Future.failedFuture(failure));
  }

  /**
   * Only the first order of a batch with an id can have been placed now. Any other with that id
   * gets the stored order, and fails alone if that cannot be read.
   */
  private List<Future<PlacementResult>> results(List<NewOrder> batch, Map<UUID, Row> placed) {
    var seen = new HashSet<UUID>();
    var earlier =
        batch.stream()
            .map(NewOrder::id)
            .filter(id -> !seen.add(id) || !placed.containsKey(id))
            .distinct()
            .toList();
    var stored = Database.afterCommit(repository.findStored(earlier));
    return batch.stream().map(order -> result(order, placed.remove(order.id()), stored)).toList();
  }

  private static Future<PlacementResult> result(
      NewOrder order, Row placed, Future<Map<UUID, StoredOrder>> stored) {
    return placed == null
        ? stored.compose(all -> all.get(order.id()).replay(order.fingerprint()))
        : Future.succeededFuture(new PlacementResult(order(order, placed), false));
  }

  private static Order order(NewOrder order, Row row) {
    return Order.placed(
        order.id(),
        OrderRows.number(row.getLong("number")),
        order.customerId(),
        order.lines(),
        order.total(),
        order.note(),
        OrderRows.instant(row, "placed_at"));
  }

  private static Tuple parameters(List<NewOrder> orders) {
    var parameters = Tuple.tuple();
    new Columns<>(parameters, orders)
        .uuid(NewOrder::id)
        .uuid(NewOrder::customerId)
        .text(NewOrder::idempotencyKey)
        .text(NewOrder::fingerprint)
        .text(order -> order.total().currency())
        .bigint(order -> order.total().amount())
        .text(NewOrder::note)
        .text(order -> OrderLines.stored(order.lines()))
        .text(order -> OrderRows.trace(order.traceparent()));
    return parameters;
  }
}
