package org.tradepost.order;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import org.tradepost.platform.sql.Database;

/**
 * Removes the events of finished orders, all events of an order together, and records what readers
 * and the audit must know about the removal.
 */
final class EventRetention {

  private static final int BATCH_SIZE = 100;

  /**
   * No request waits for the rows locked here, since a finished order does not change. Every
   * removal updates {@code event_removed}: readers compare which transaction did so last.
   */
  private static final String REMOVE =
      """
      with due as (
        select id from orders
         where status in ('DELIVERED', 'CANCELLED') and events_removed_at is null
           and updated_at < now() - make_interval(days => $1)
           and not exists (select 1 from undelivered where order_id = orders.id)
         order by updated_at limit $2
         for update skip locked
      ), removed as (
        delete from event using due where order_id = due.id returning event.transaction, event.id
      ), marked as (
        update orders set events_removed_at = now() from due where orders.id = due.id
      ), told as (
        update event_removed
           set transaction = greatest(event_removed.transaction, last.transaction),
               id = case when (event_removed.transaction, event_removed.id) < (last.transaction, last.id)
                         then last.id else event_removed.id end
          from (select transaction, id from removed order by transaction desc, id desc limit 1) as last
      )
      select count(*) from due
      """;

  private final Database database;

  EventRetention(Database database) {
    this.database = database;
  }

  /**
   * Removes the events of some orders whose last event is older than the given number of days.
   *
   * @return whether there may be more to remove
   */
  Future<Boolean> remove(int days) {
    return database
        .query(REMOVE, Tuple.of(days, BATCH_SIZE))
        .map(rows -> rows.iterator().next().getLong(0) == BATCH_SIZE);
  }
}
