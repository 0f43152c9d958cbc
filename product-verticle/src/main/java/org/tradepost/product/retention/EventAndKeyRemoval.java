package org.tradepost.product.retention;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import org.tradepost.platform.sql.Database;

/**
 * Removes events of products, and keys of stock adjustments, that are older than a number of days.
 */
public final class EventAndKeyRemoval {

  private static final int ROWS_AT_ONCE = 500;

  /** Keeps the last event of a product, because the number of the next event follows from it. */
  private static final String REMOVE_EVENTS =
      """
      with due as (
        select id from event
         where time < now() - make_interval(days => $1)
           and exists (select 1 from event as later
                        where later.subject = event.subject and later.sequence > event.sequence)
         order by transaction, id limit $2
         for update skip locked
      ), removed as (
        delete from event using due where event.id = due.id returning event.transaction, event.id
      ), logged as (
        update event_removed set transaction = last.transaction, id = last.id
          from (select transaction, id from removed order by transaction desc, id desc limit 1) as last
         where (event_removed.transaction, event_removed.id) < (last.transaction, last.id)
      )
      select count(*) from due
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

  public EventAndKeyRemoval(Database database) {
    this.database = database;
  }

  /** Removes some events, the oldest first; true when there may be more. */
  public Future<Boolean> removeEvents(int days) {
    return remove(REMOVE_EVENTS, days);
  }

  /** Removes some keys, the oldest first; true when there may be more. */
  public Future<Boolean> removeKeys(int days) {
    return remove(REMOVE_KEYS, days);
  }

  private Future<Boolean> remove(String sql, int days) {
    return database
        .query(sql, Tuple.of(days, ROWS_AT_ONCE))
        .map(rows -> rows.iterator().next().getLong(0) == ROWS_AT_ONCE);
  }
}
