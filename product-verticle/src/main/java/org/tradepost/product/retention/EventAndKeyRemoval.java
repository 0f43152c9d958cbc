package org.tradepost.product.retention;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import org.tradepost.platform.eventlog.EventPosition;
import org.tradepost.platform.sql.Database;

/**
 * Removes events of products, and idempotency keys of stock adjustments, that are older than a
 * number of days.
 */
public final class EventAndKeyRemoval {

  private static final int ROWS_AT_ONCE = 500;

  /**
   * Keeps the last event of each product, because the number of the next event follows from it.
   * Most old events may be last ones, so a step examines some events and the next step those after
   * them.
   */
  private static final String REMOVE_EVENTS =
      """
      with examined as (
        select id, transaction, time, subject, sequence from event
         where (transaction, id) > ($3::text::xid8, $4::bigint)
         order by transaction, id limit $2
      ), due as (
        select event.id from event join examined using (id)
         where examined.time < now() - make_interval(days => $1)
           and exists (select 1 from event as later
                        where later.subject = examined.subject and later.sequence > examined.sequence)
         order by event.id
         for update of event skip locked
      ), removed as (
        delete from event using due where event.id = due.id returning event.transaction, event.id
      ), logged as (
        update event_removed
           set transaction = greatest(event_removed.transaction, last.transaction),
               id = case when (event_removed.transaction, event_removed.id) < (last.transaction, last.id)
                         then last.id else event_removed.id end
          from (select transaction, id from removed order by transaction desc, id desc limit 1) as last
      )
      select transaction::text, id, time < now() - make_interval(days => $1) as old, count(*) over () as examined
        from examined
       order by transaction desc, id desc limit 1
      """;

  private static final String REMOVE_KEYS =
      """
      with due as (
        select product_id, number from ledger
         where idempotency_key is not null and created_at < now() - make_interval(days => $1)
         order by created_at limit $2
         for update skip locked
      ), removed as (
        update ledger set idempotency_key = null from due
         where ledger.product_id = due.product_id and ledger.number = due.number
      )
      select count(*) from due
      """;

  private final Database database;
  private EventPosition examined = EventPosition.START;

  public EventAndKeyRemoval(Database database) {
    this.database = database;
  }

  /** Removes the old events among the next ones; true if there may be more. */
  public Future<Boolean> removeEvents(int days) {
    return database
        .query(REMOVE_EVENTS, Tuple.of(days, ROWS_AT_ONCE, examined.transaction(), examined.id()))
        .map(
            rows -> {
              var next =
                  rows.stream()
                      .filter(last -> last.getBoolean("old"))
                      .filter(last -> last.getLong("examined") == ROWS_AT_ONCE)
                      .findFirst();
              examined = next.map(EventPosition::of).orElse(EventPosition.START);
              return next.isPresent();
            });
  }

  /** Removes some keys, the oldest first; true if there may be more. */
  public Future<Boolean> removeKeys(int days) {
    return database
        .query(REMOVE_KEYS, Tuple.of(days, ROWS_AT_ONCE))
        .map(rows -> rows.iterator().next().getLong(0) == ROWS_AT_ONCE);
  }
}
