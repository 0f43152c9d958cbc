package org.tradepost.product.stock;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.platform.sql.Database;
import org.tradepost.product.stock.HoldDecision.Granted;

/**
 * Holds in the database: a batch is one transaction of two round trips.
 *
 * <p>Stock rows are locked in the order of product ids, and holds are inserted in the order of
 * order ids, so that no two transactions deadlock.
 */
final class HoldRepository {

  private static final String LOCK_STOCK =
      """
      select product_id from stock where product_id = any($1) order by product_id for update
      """;

  // Not part of the locking statement: a statement sees what was committed before it began, and the
  // locking statement begins before it waits.
  private static final String PRODUCTS =
      """
      select id, sku, name, status, amount, currency, on_hand - reserved as available
      from product join stock on product_id = id
      where id = any($1)
      """;

  private static final String HOLDS =
      """
      select order_id, encode(fingerprint, 'hex') as fingerprint, expires_at, lines
      from hold where order_id = any($1)
      """;

  // Stock is also found by an array of keys: with the join alone, a plan may scan the stock first.
  private static final String INSERT =
      """
      with taken as (
        update stock set reserved = reserved + quantity
        from unnest($5::uuid[], $6::bigint[]) as total (product_id, quantity)
        where stock.product_id = total.product_id and stock.product_id = any($5)
      )
      insert into hold (order_id, fingerprint, expires_at, lines, trace)
      select order_id, substr(decode(fingerprint, 'hex'), 1, 16),
             clock_timestamp() + $4::bigint * interval '1 millisecond', lines::json, decode(trace, 'hex')
      from unnest($1::uuid[], $2::text[], $3::text[], $7::text[]) as requested (order_id, fingerprint, lines, trace)
      order by order_id
      returning order_id, expires_at
      """;

  private final Database database;
  private final Duration lifetime;

  HoldRepository(Database database, Duration lifetime) {
    this.database = database;
    this.lifetime = lifetime;
  }

  /**
   * Decides and writes holds; each decision is {@code Held} or {@code Rejected}. If another
   * transaction makes one of the holds in the meantime, all are decided again.
   *
   * @param traces trace id and span id of sampled requests, in hexadecimal, by order id
   */
  Future<List<HoldDecision>> hold(List<HoldStock> batch, Map<UUID, String> traces) {
    return database
        .transaction(
            connection ->
                allocate(connection, batch)
                    .compose(allocation -> write(connection, allocation.decide(batch), traces)))
        .recover(
            failure ->
                failure instanceof PgException pg && "hold_pkey".equals(pg.getConstraint())
                    ? hold(batch, traces)
                    : Future.failedFuture(failure));
  }

  /** Holds a piece of a product that does not exist, and rolls back. */
  Future<Void> warmUp() {
    var product = new LockedProduct(UUID.randomUUID(), "", "", false, new Money(1, "EUR"), 1);
    var line = new HoldStock.Line(product.productId(), 1, product.price());
    var batch = List.of(new HoldStock(UUID.randomUUID(), "", List.of(line)));
    var allocation = new HoldAllocation(Map.of(product.productId(), product), Map.of());
    return database.warmUp(
        connection ->
            allocate(connection, batch)
                .compose(ignored -> write(connection, allocation.decide(batch), Map.of())));
  }

  private static Future<HoldAllocation> allocate(SqlConnection connection, List<HoldStock> batch) {
    var products =
        Tuple.tuple()
            .addArrayOfUUID(
                batch.stream()
                    .flatMap(request -> request.lines().stream().map(line -> line.productId()))
                    .distinct()
                    .toArray(UUID[]::new));
    var orders =
        Tuple.tuple()
            .addArrayOfUUID(batch.stream().map(HoldStock::orderId).distinct().toArray(UUID[]::new));
    // Sent together, run one after the other: the second begins when the first has its locks.
    var locked = connection.preparedQuery(LOCK_STOCK).execute(products);
    var found = connection.preparedQuery(PRODUCTS).execute(products).map(HoldRows::products);
    var known = connection.preparedQuery(HOLDS).execute(orders).map(HoldRows::holds);
    return Future.all(locked, found, known)
        .map(done -> new HoldAllocation(found.result(), known.result()));
  }

  private Future<List<HoldDecision>> write(
      SqlConnection connection, List<HoldDecision> decisions, Map<UUID, String> traces) {
    var granted = decisions.stream().flatMap(HoldRepository::granted).distinct().toList();
    if (granted.isEmpty()) {
      return Future.succeededFuture(decisions);
    }
    return connection
        .preparedQuery(INSERT)
        .execute(HoldRows.columns(granted, lifetime, traces))
        .map(
            rows -> {
              var expiries = new HashMap<UUID, Instant>();
              rows.forEach(row -> expiries.put(row.getUUID("order_id"), HoldRows.expiry(row)));
              return decisions.stream().map(decision -> written(decision, expiries)).toList();
            });
  }

  private static Stream<Granted> granted(HoldDecision decision) {
    return decision instanceof Granted granted ? Stream.of(granted) : Stream.empty();
  }

  private static HoldDecision written(HoldDecision decision, Map<UUID, Instant> expiries) {
    if (decision instanceof Granted granted) {
      var orderId = granted.request().orderId();
      return new HoldDecision.Held(new Hold(orderId, expiries.get(orderId), granted.lines()));
    }
    return decision;
  }
}
