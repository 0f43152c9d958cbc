package org.tradepost.order.relay;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.tradepost.platform.sql.Database;

/** The events that the product service rejected, and the later events of their orders. */
final class RejectedEvents {

  /** Only the first event of each order that is not discarded, so that they arrive in order. */
  private static final String DUE =
      """
      select event_id as id, order_id, sequence, type,
             (select encode(trace, 'hex') from event
               where event.order_id = refused_event.order_id and event.sequence = refused_event.sequence) as trace
        from refused_event
       where parked_at is null and next_attempt_at <= now()
         and sequence = (select min(first.sequence) from refused_event as first
                          where first.order_id = refused_event.order_id and first.discarded_at is null)
       order by event_id limit $1
      """;

  // An event that was discarded after the attempt stays as it is, here and below.
  private static final String REMOVE =
      "delete from refused_event where event_id = any($1) and discarded_at is null";

  /**
   * Doubles the delay after each failure, up to a minute, with a jitter of 25%. Parks an event that
   * was rejected too often.
   */
  private static final String POSTPONE =
      """
      update refused_event
         set attempts = attempts + 1,
             next_attempt_at = now() + interval '1 second' * least(60, 2 ^ least(attempts, 6)) * (0.75 + random() / 2),
             parked_at = case when attempts + 1 >= $2 then now() end
       where event_id = any($1) and discarded_at is null
      """;

  private final Database database;
  private final int maxAttempts;

  /**
   * @param maxAttempts how often an event may be rejected before it is parked
   */
  RejectedEvents(Database database, int maxAttempts) {
    this.database = database;
    this.maxAttempts = maxAttempts;
  }

  /** Returns at most so many events that are due, one of each order. */
  Future<List<LoggedEvent>> due(int limit) {
    return database
        .query(DUE, Tuple.of(limit))
        .map(rows -> rows.stream().map(LoggedEvent::of).toList());
  }

  /** Removes the tried events of acknowledged orders, and postpones or parks the others. */
  Future<Void> recordOutcome(List<LoggedEvent> tried, Set<UUID> settled) {
    var acknowledged = ids(tried, event -> settled.contains(event.orderId()));
    var rejected = ids(tried, event -> !settled.contains(event.orderId()));
    return update(acknowledged, REMOVE, Tuple.tuple().addArrayOfLong(acknowledged))
        .compose(
            done ->
                update(
                    rejected,
                    POSTPONE,
                    Tuple.tuple().addArrayOfLong(rejected).addInteger(maxAttempts)));
  }

  private Future<Void> update(Long[] ids, String sql, Tuple parameters) {
    return ids.length == 0
        ? Future.succeededFuture()
        : database.transaction(sql, parameters).mapEmpty();
  }

  private static Long[] ids(List<LoggedEvent> events, Predicate<LoggedEvent> which) {
    return events.stream().filter(which).map(LoggedEvent::id).toArray(Long[]::new);
  }
}
