package org.tradepost.order.outbox;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.platform.sql.Database;

/** The events that the product service has not acknowledged. */
public final class Outbox {

  /**
   * Selects only the first undelivered event of each order, so that events arrive in order. Skips
   * events that another instance is delivering.
   *
   * <p>Uses a scalar subquery, not {@code not exists}. The server would turn the latter into a join
   * and plan it for the usual backlog, which is empty; with a large backlog it would then compare
   * each event with every other.
   */
  static final String NEXT =
      """
      select event_id, order_id, type,
             (select traceparent from event
               where event.order_id = outbox.order_id and event.sequence = outbox.sequence) as traceparent
        from outbox
       where event_id >= $2 and parked_at is null and next_attempt_at <= now()
         and sequence = (select min(first.sequence) from outbox as first
                          where first.order_id = outbox.order_id and first.discarded_at is null)
       order by event_id limit $1
       for update skip locked
      """;

  private static final String REMOVE = "delete from outbox where event_id = any($1)";

  /**
   * Doubles the delay after each failure, up to a minute, with a jitter of a quarter. Parks an
   * event that was refused too often.
   */
  private static final String POSTPONE =
      """
      update outbox
         set attempts = attempts + 1,
             next_attempt_at = now() + interval '1 second' * least(60, 2 ^ least(attempts, 6)) * (0.75 + random() / 2),
             parked_at = case when attempts + 1 >= $2 then now() end
       where event_id = any($1)
      """;

  private static final String BACKLOG =
      """
      select count(*) as undelivered, count(parked_at) as parked
        from outbox where discarded_at is null
      """;

  private final Database database;
  private final int tries;
  private long from;

  /**
   * @param tries how often an event may be refused before it is parked
   */
  public Outbox(Database database, int tries) {
    this.database = database;
    this.tries = tries;
  }

  /**
   * An event that the product service has not acknowledged.
   *
   * @param traceparent W3C trace context of the request that caused it, or null
   */
  record Undelivered(long id, UUID orderId, Fate fate, String traceparent) {}

  /**
   * Makes the next delivery begin with the oldest event. Otherwise a delivery begins where the one
   * before it began: until the server has vacuumed, a query has to skip all rows that were ever
   * delivered.
   */
  void rewind() {
    from = 0;
  }

  /**
   * Delivers the events that are due. Their rows are locked meanwhile, so that no other instance
   * delivers them.
   *
   * @param most the most events at once
   * @param deliver returns the orders that were acknowledged; when it fails, nothing is changed
   * @return how many events were tried
   */
  Future<Integer> deliver(int most, Function<List<Undelivered>, Future<Set<UUID>>> deliver) {
    return database.transaction(
        connection ->
            connection
                .preparedQuery(NEXT)
                .execute(Tuple.of(most, from))
                .map(rows -> rows.stream().map(Outbox::undelivered).toList())
                .compose(
                    events ->
                        events.isEmpty()
                            ? Future.succeededFuture(0)
                            : deliver
                                .apply(events)
                                .compose(settled -> note(connection, events, settled))
                                .onSuccess(noted -> from = events.get(0).id())
                                .map(events.size())));
  }

  /** How many events the product service has not acknowledged, and how many of them are parked. */
  public Future<Map<String, Object>> backlog() {
    return database
        .query(BACKLOG)
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                Map.of("undelivered", row.getLong("undelivered"), "parked", row.getLong("parked")));
  }

  private Future<Void> note(SqlConnection connection, List<Undelivered> events, Set<UUID> settled) {
    var acknowledged = ids(events, event -> settled.contains(event.orderId()));
    var refused = ids(events, event -> !settled.contains(event.orderId()));
    return update(connection, REMOVE, acknowledged, Tuple.tuple().addValue(acknowledged))
        .compose(
            done ->
                update(
                    connection,
                    POSTPONE,
                    refused,
                    Tuple.tuple().addValue(refused).addValue(tries)));
  }

  private static Future<Void> update(
      SqlConnection connection, String sql, Long[] ids, Tuple parameters) {
    return ids.length == 0
        ? Future.succeededFuture()
        : connection.preparedQuery(sql).execute(parameters).mapEmpty();
  }

  private static Long[] ids(List<Undelivered> events, Predicate<Undelivered> which) {
    return events.stream().filter(which).map(Undelivered::id).toArray(Long[]::new);
  }

  private static Undelivered undelivered(Row row) {
    return new Undelivered(
        row.getLong("event_id"),
        row.getUUID("order_id"),
        row.getString("type").equals("OrderCancelled") ? Fate.CANCELLED : Fate.PLACED,
        row.getString("traceparent"));
  }
}
