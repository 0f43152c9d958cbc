package org.tradepost.product.settlement;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.platform.sql.Columns;
import org.tradepost.platform.sql.Database;

/**
 * Settles holds in the database: any number of them is one transaction of two round trips.
 *
 * <p>Holds are locked before stock, each in the order of their ids. A transaction that makes a hold
 * does not wait for existing holds, so no two transactions deadlock.
 */
final class SettlementRepository {

  private static final String LOCK_HOLDS =
      """
      select order_id, state from hold where order_id = any($1) order by order_id for update
      """;

  // The steps of one hold follow each other in the list, so its last one gives its state. The
  // stock on hand is read under the lock, because the statement began before it waited for it.
  private static final String SETTLE =
      """
      with step as (
        select *
        from unnest($1::integer[], $2::uuid[], $3::text[], $4::text[], $5::integer[], $6::integer[])
          as step (number, order_id, state, reason, on_hand, reserved)
      ), change as (
        select number, line_no, order_id, product_id, reason,
               on_hand * quantity as on_hand, reserved * quantity as reserved
        from step join hold_line using (order_id)
      ), locked as materialized (
        select product_id, on_hand from stock
        where product_id in (select product_id from change)
        order by product_id for update
      ), entered as (
        insert into ledger (product_id, delta, reason, order_id, on_hand)
        select product_id, change.on_hand, reason, order_id,
               locked.on_hand
                 + sum(change.on_hand) over (partition by product_id order by number, line_no)
        from change join locked using (product_id)
        where change.on_hand <> 0
        order by number, line_no
      ), moved as (
        update stock
        set on_hand = stock.on_hand + total.on_hand, reserved = stock.reserved + total.reserved
        from (select product_id, sum(change.on_hand) as on_hand, sum(change.reserved) as reserved
              from change join locked using (product_id) group by product_id) as total
        where stock.product_id = total.product_id
      )
      update hold set state = last.state, settled_at = now()
      from (select distinct on (order_id) order_id, state from step
            order by order_id, number desc) as last
      where hold.order_id = last.order_id
      """;

  // Chosen at random among the oldest, so that holds that cannot be settled do not block others.
  private static final String EXPIRED =
      """
      select order_id
      from (select order_id from hold where state = 'HELD' and expires_at < now()
            order by expires_at limit 1000) as oldest
      order by random()
      limit $1
      """;

  private static final String BACKLOG =
      """
      select count(*) as held, count(*) filter (where expires_at < now()) as expired,
             coalesce(extract(epoch from now() - min(created_at)), 0)::bigint as oldest_seconds
      from hold where state = 'HELD'
      """;

  private final Database database;

  SettlementRepository(Database database) {
    this.database = database;
  }

  /** Applies settlements; returns the orders that have a hold. */
  Future<List<UUID>> settle(List<Settlement> settlements) {
    var orders =
        Tuple.tuple()
            .addArrayOfUUID(
                settlements.stream().map(Settlement::orderId).distinct().toArray(UUID[]::new));
    return database.transaction(
        connection ->
            lock(connection, orders)
                .compose(
                    states ->
                        write(connection, SettlementPlan.steps(states, settlements))
                            .map(done -> List.copyOf(states.keySet()))));
  }

  /** Runs every statement of {@link #settle}, with nothing to settle. */
  Future<Void> warmUp() {
    var none = Tuple.tuple().addArrayOfUUID(new UUID[0]);
    return database.transaction(
        connection -> lock(connection, none).compose(states -> update(connection, List.of())));
  }

  private static Future<Map<UUID, HoldState>> lock(SqlConnection connection, Tuple orders) {
    return connection.preparedQuery(LOCK_HOLDS).execute(orders).map(SettlementRepository::states);
  }

  private static Map<UUID, HoldState> states(RowSet<Row> rows) {
    var states = new HashMap<UUID, HoldState>();
    rows.forEach(
        row -> states.put(row.getUUID("order_id"), HoldState.valueOf(row.getString("state"))));
    return states;
  }

  private static Future<Void> write(SqlConnection connection, List<SettlementStep> steps) {
    return steps.isEmpty() ? Future.succeededFuture() : update(connection, steps);
  }

  private static Future<Void> update(SqlConnection connection, List<SettlementStep> steps) {
    var numbers = IntStream.range(0, steps.size()).boxed().toArray(Integer[]::new);
    var parameters = Tuple.tuple().addArrayOfInteger(numbers);
    new Columns<>(parameters, steps)
        .uuid(SettlementStep::orderId)
        .text(step -> step.state().name())
        .text(SettlementStep::reason)
        .integer(SettlementStep::onHand)
        .integer(SettlementStep::reserved);
    return connection.preparedQuery(SETTLE).execute(parameters).mapEmpty();
  }

  /** Some orders whose holds have expired by the database's clock. */
  Future<List<UUID>> expired(int most) {
    return database
        .query(EXPIRED, Tuple.of(most))
        .map(rows -> rows.stream().map(row -> row.getUUID("order_id")).toList());
  }

  Future<Map<String, Object>> backlog() {
    return database
        .query(BACKLOG)
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                Map.of(
                    "held", row.getLong("held"),
                    "expired", row.getLong("expired"),
                    "oldestSeconds", row.getLong("oldest_seconds")));
  }
}
