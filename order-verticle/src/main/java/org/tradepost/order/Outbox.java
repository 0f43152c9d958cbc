package org.tradepost.order;

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
final class Outbox {

  /**
   * Of each order only its first undelivered event, so that they arrive in order; what another
   * instance is delivering is passed over.
   *
   * <p>A subquery with a value, and not {@code not exists}: of that the server makes a join, which
   * it plans by what it knows of the usual backlog, none, and then compares each event of a large
   * one with each other.
   */
  static final String NEXT =
      """
      select event_id, order_id, type from outbox
       where event_id >= $2 and parked_at is null and next_attempt_at <= now()
         and sequence = (select min(first.sequence) from outbox as first
                          where first.order_id = outbox.order_id and first.discarded_at is null)
       order by event_id limit $1
       for update skip locked
      """;

  private static final String REMOVE = "delete from outbox where event_id = any($1)";

  /**
   * Waits twice as long after each failure, at most a minute, give or take a quarter; parks what
   * has had its tries.
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
  Outbox(Database database, int tries) {
    this.database = database;
    this.tries = tries;
  }

  /** An event that waits. */
  record Waiting(long id, UUID orderId, Fate fate) {}

  /**
   * Lets the next delivery begin with the oldest event. Others begin where the one before did:
   * until the server has vacuumed, all that was ever delivered has to be stepped over.
   */
  void lookBack() {
    from = 0;
  }

  /**
   * Delivers what is due, while nobody else can.
   *
   * @param most how many events at once
   * @param deliver gives the orders that were acknowledged; when it fails, all stays as it is
   * @return how many events were tried
   */
  Future<Integer> deliver(int most, Function<List<Waiting>, Future<Set<UUID>>> deliver) {
    return database.transaction(
        connection ->
            connection
                .preparedQuery(NEXT)
                .execute(Tuple.of(most, from))
                .map(rows -> rows.stream().map(Outbox::waiting).toList())
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

  /** How many events product has yet to acknowledge, and how many wait for an operator. */
  Future<Map<String, Object>> backlog() {
    return database
        .query(BACKLOG)
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                Map.of("undelivered", row.getLong("undelivered"), "parked", row.getLong("parked")));
  }

  private Future<Void> note(SqlConnection connection, List<Waiting> events, Set<UUID> settled) {
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

  private static Long[] ids(List<Waiting> events, Predicate<Waiting> which) {
    return events.stream().filter(which).map(Waiting::id).toArray(Long[]::new);
  }

  private static Waiting waiting(Row row) {
    return new Waiting(
        row.getLong("event_id"),
        row.getUUID("order_id"),
        row.getString("type").equals("OrderCancelled") ? Fate.CANCELLED : Fate.PLACED);
  }
}
