package org.tradepost.order;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tradepost.common.contract.order.OrderContract.Order;
import org.tradepost.common.contract.order.OrderContract.OrderLine;
import org.tradepost.platform.sql.Columns;
import org.tradepost.platform.sql.Database;

/**
 * Writes a batch of new orders with their lines and their first event: one statement, one round
 * trip.
 */
final class OrderWriter {

  /**
   * All instances write ids in the same order, so that two batches with the same ids cannot
   * deadlock.
   */
  private static final String WRITE =
      """
      with requested as (
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[],
                             $8::text[], $9::text[])
          as t (id, customer_id, idempotency_key, fingerprint, currency, total, note, data, traceparent)
      ), placed as (
        insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency, total, note, version,
                            placed_at, updated_at)
        select id, 'PLACED', nextval('order_number'), customer_id, idempotency_key, fingerprint, currency, total, note, 1,
               now(), now()
          from requested order by id
        on conflict (id) do nothing
        returning id, number, placed_at
      ), lines as (
        insert into order_line (order_id, line, product_id, sku, name, quantity, unit_price, line_total)
        select l.order_id, l.line, l.product_id, l.sku, l.name, l.quantity, l.unit_price, l.line_total
          from unnest($10::uuid[], $11::int[], $12::uuid[], $13::text[], $14::text[], $15::int[], $16::bigint[],
                      $17::bigint[])
            as l (order_id, line, product_id, sku, name, quantity, unit_price, line_total)
          join placed on placed.id = l.order_id
      ), logged as (
        insert into event (order_id, customer_id, sequence, type, time, data, traceparent)
        select placed.id, requested.customer_id, 1, 'OrderPlaced', placed.placed_at, requested.data::jsonb, requested.traceparent
          from placed join requested using (id)
        returning id, order_id, sequence, type
      ), to_deliver as (
        insert into outbox (event_id, order_id, sequence, type) select id, order_id, sequence, type from logged
      )
      select id, number, placed_at from placed
      """;

  private final Database database;
  private final OrderRepository repository;

  OrderWriter(Database database, OrderRepository repository) {
    this.database = database;
    this.repository = repository;
  }

  /** A result for each order: placed now, placed before, or refused. */
  Future<List<Future<PlacementResult>>> write(List<NewOrder> batch) {
    return insert(batch).compose(placed -> results(batch, placed));
  }

  private Future<Map<UUID, Row>> insert(List<NewOrder> batch) {
    var distinct =
        batch.stream()
            .collect(Collectors.toMap(NewOrder::id, order -> order, (first, second) -> first))
            .values()
            .stream()
            .sorted(Comparator.comparing(order -> order.id().toString()))
            .toList();
    return database
        .transaction(WRITE, parameters(distinct))
        .map(
            rows -> {
              var placed = new HashMap<UUID, Row>();
              rows.forEach(row -> placed.put(row.getUUID("id"), row));
              return placed;
            });
  }

  /**
   * Only the first order of a batch with an id can have been placed now. Any other with that id
   * gets the stored order.
   */
  private Future<List<Future<PlacementResult>>> results(
      List<NewOrder> batch, Map<UUID, Row> placed) {
    var seen = new HashSet<UUID>();
    var earlier =
        batch.stream()
            .map(NewOrder::id)
            .filter(id -> !seen.add(id) || !placed.containsKey(id))
            .distinct()
            .toList();
    return repository
        .findStored(earlier)
        .map(
            stored ->
                batch.stream()
                    .map(order -> result(order, placed.remove(order.id()), stored))
                    .toList());
  }

  private static Future<PlacementResult> result(
      NewOrder order, Row placed, Map<UUID, StoredOrder> stored) {
    return placed == null
        ? stored.get(order.id()).replay(order.fingerprint())
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
    var lines =
        orders.stream()
            .flatMap(
                order ->
                    IntStream.range(0, order.lines().size())
                        .mapToObj(i -> new Numbered(order.id(), i + 1, order.lines().get(i))))
            .toList();
    var parameters = Tuple.tuple();
    new Columns<>(parameters, orders)
        .uuid(NewOrder::id)
        .uuid(NewOrder::customerId)
        .text(NewOrder::idempotencyKey)
        .text(NewOrder::fingerprint)
        .text(order -> order.total().currency())
        .bigint(order -> order.total().amount())
        .text(NewOrder::note)
        .text(OrderWriter::eventData)
        .text(NewOrder::traceparent);
    new Columns<>(parameters, lines)
        .uuid(Numbered::orderId)
        .integer(Numbered::number)
        .uuid(it -> it.line.productId())
        .text(it -> it.line.sku())
        .text(it -> it.line.name())
        .integer(it -> it.line.quantity())
        .bigint(it -> it.line.unitPrice().amount())
        .bigint(it -> it.line.lineTotal().amount());
    return parameters;
  }

  private static String eventData(NewOrder order) {
    return new JsonObject()
        .put("customerId", order.customerId().toString())
        .put("total", order.total().amount())
        .put("currency", order.total().currency())
        .encode();
  }

  private record Numbered(UUID orderId, int number, OrderLine line) {}
}
