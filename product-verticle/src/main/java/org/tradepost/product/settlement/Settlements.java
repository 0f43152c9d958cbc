package org.tradepost.product.settlement;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.StockContract.Settle;
import org.tradepost.common.contract.product.StockContract.Settled;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Database;

/**
 * Settles holds by the fate of their orders: sells, releases or returns the pieces. A round of
 * settlements is one statement, and almost always there is only one round.
 *
 * <p>Holds are changed before stock is locked, and stock is locked in the order of product ids. A
 * transaction that makes a hold does not wait for existing holds, so it cannot deadlock with a
 * settlement. If two settlements of the same holds deadlock, one is repeated.
 */
public final class Settlements {

  // An update waits for a concurrent update of the same hold and then checks the state again, so
  // each change is made once. A changed hold has no state in the result. If a hold is unchanged
  // although its state in the result calls for a change, the statement runs again. The state is
  // compared with a parameter: with a constant, a plan may read the index of all open holds. The
  // stock on hand is read under the lock, because the statement's snapshot is older than the lock.
  // Rows are found by an array of keys, not by a join, so that a plan made while the tables are
  // empty is still good when they are full.
  private static final String SETTLE =
      """
      with sold as (
        update hold set state = 'COMMITTED', settled_at = now()
        where order_id = any($1) and state = $4::text returning order_id, lines
      ), unsold as (
        update hold set state = 'RELEASED', settled_at = now()
        where order_id = any($2::uuid[] || $3::uuid[]) and state = $4::text
        returning order_id, lines
      ), returned as (
        update hold set state = 'RETURNED', settled_at = now()
        where order_id = any($2) and state = $5::text returning order_id, lines
      ), step as (
        select order_id, lines, 'sold' as reason, -1 as on_hand, -1 as reserved from sold
        union all select order_id, lines, 'released', 0, -1 from unsold
        union all select order_id, lines, 'returned', 1, 0 from returned
      ), change as materialized (
        select order_id, place, reason, (line ->> 0)::uuid as product_id,
               on_hand * (line ->> 3)::integer as on_hand, reserved * (line ->> 3)::integer as reserved
        from step cross join lateral json_array_elements(lines) with ordinality as item (line, place)
      ), locked as materialized (
        select product_id, on_hand from stock
        where product_id = any(array(select product_id from change))
        order by product_id for update
      ), entered as (
        insert into ledger (id, product_id, delta, reason, order_id, on_hand)
        select null, product_id, change.on_hand, reason, order_id,
               locked.on_hand
                 + sum(change.on_hand) over (partition by product_id order by order_id, place)
        from change join locked using (product_id)
        where change.on_hand <> 0
        order by order_id, place
      ), moved as (
        update stock
        set on_hand = stock.on_hand + total.on_hand, reserved = stock.reserved + total.reserved
        from (select product_id, sum(change.on_hand) as on_hand, sum(change.reserved) as reserved
              from change join locked using (product_id) group by product_id) as total
        where stock.product_id = total.product_id
          and stock.product_id = any(array(select product_id from change))
      )
      select order_id, null as state from step
      union all
      select order_id, state from hold
      where order_id = any(array(select unnest($1 || $2 || $3) except select order_id from step))
      """;

  // Chosen at random among the oldest, so that holds that cannot be settled do not block others.
  private static final String EXPIRED =
      """
      select order_id,
             '00-' || encode(substr(trace, 1, 16), 'hex') || '-' || encode(substr(trace, 17), 'hex') || '-01'
               as traceparent
      from (select order_id, trace from hold where state = 'HELD' and expires_at < now()
            order by expires_at limit 1000) as oldest
      order by random()
      limit $1
      """;

  private static final String BACKLOG =
      """
      select count(*) as held, count(*) filter (where expires_at < now()) as expired,
             coalesce(extract(epoch from now() - min(expires_at) + $1::bigint * interval '1 millisecond'), 0)::bigint
               as oldest_seconds
      from hold where state = 'HELD'
      """;

  private final Database database;

  public Settlements(Database database) {
    this.database = database;
  }

  /** See {@link org.tradepost.common.contract.product.StockContract#SETTLE}. */
  public Future<Settled> settle(Settle request, RequestContext call) {
    if (request.settlements() == null) {
      throw ServiceException.invalid("/settlements", "is required");
    }
    for (var settlement : request.settlements()) {
      if (settlement.orderId() == null || settlement.fate() == null) {
        throw ServiceException.invalid("/settlements", "each must have an orderId and a fate");
      }
    }
    return settle(request.settlements()).map(Settled::new);
  }

  /** Applies all settlements in one transaction; returns the orders that have a hold. */
  Future<List<UUID>> settle(List<Settlement> settlements) {
    if (settlements.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    var rounds = SettlementRound.split(settlements);
    return rounds.size() == 1
        ? settle(rounds.get(0), parameters -> database.transaction(SETTLE, parameters))
        : database.transaction(connection -> settleAll(rounds, connection));
  }

  /** Runs the rounds in turn. The first has every order, so its result has all holds. */
  private static Future<List<UUID>> settleAll(
      List<SettlementRound> rounds, SqlConnection connection) {
    Function<Tuple, Future<RowSet<Row>>> run = connection.preparedQuery(SETTLE)::execute;
    var first = settle(rounds.get(0), run);
    var last = first;
    for (var round : rounds.subList(1, rounds.size())) {
      last = last.compose(done -> settle(round, run));
    }
    return last.compose(done -> first);
  }

  private static Future<List<UUID>> settle(
      SettlementRound round, Function<Tuple, Future<RowSet<Row>>> run) {
    return run.apply(parameters(round))
        .compose(
            holds ->
                holds.stream().anyMatch(hold -> isOvertaken(round, hold))
                    ? settle(round, run)
                    : Future.succeededFuture(
                        holds.stream().map(hold -> hold.getUUID("order_id")).toList()));
  }

  /** Whether another transaction changed the hold after this statement had begun. */
  private static boolean isOvertaken(SettlementRound round, Row hold) {
    var unchanged = hold.getString("state");
    return unchanged != null
        && round.changes(hold.getUUID("order_id"), HoldState.valueOf(unchanged));
  }

  /** Runs the statement with nothing to settle. */
  public Future<Void> warmUp() {
    return database.transaction(SETTLE, parameters(new SettlementRound())).mapEmpty();
  }

  private static Tuple parameters(SettlementRound round) {
    return Tuple.tuple()
        .addArrayOfUUID(round.orders(Fate.PLACED))
        .addArrayOfUUID(round.orders(Fate.CANCELLED))
        .addArrayOfUUID(round.orders(Fate.ABANDONED))
        .addString(HoldState.HELD.name())
        .addString(HoldState.COMMITTED.name());
  }

  /** Returns some of the holds that have expired by the database's clock. */
  Future<List<ExpiredHold>> expired(int limit) {
    return database
        .query(EXPIRED, Tuple.of(limit))
        .map(rows -> rows.stream().map(Settlements::expiredHold).toList());
  }

  private static ExpiredHold expiredHold(Row row) {
    return new ExpiredHold(row.getUUID("order_id"), row.getString("traceparent"));
  }

  /**
   * Returns the number of holds not settled, the number expired, and the age of the oldest.
   *
   * @param lifetime how long until a hold expires
   */
  public Future<Map<String, Object>> backlog(Duration lifetime) {
    return database
        .query(BACKLOG, Tuple.of(lifetime.toMillis()))
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                Map.of(
                    "held", row.getLong("held"),
                    "expired", row.getLong("expired"),
                    "oldestSeconds", row.getLong("oldest_seconds")));
  }
}
