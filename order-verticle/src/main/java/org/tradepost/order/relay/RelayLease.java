package org.tradepost.order.relay;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.platform.eventlog.EventPosition;
import org.tradepost.platform.sql.Columns;
import org.tradepost.platform.sql.Database;

/**
 * The right to deliver events, which one instance has at a time, and the position up to which they
 * have been delivered.
 *
 * <p>The database's clock decides when a lease expires. The epoch decides who may move the
 * position: an instance that was frozen while another one took the lease has an old epoch.
 */
final class RelayLease {

  private static final String EXPIRY = "clock_timestamp() + $2::bigint * interval '1 millisecond'";

  /**
   * Does not wait for the disk. If the server loses the update, events are delivered again, which
   * changes nothing. Taking the lease does wait: no two instances may have the same epoch.
   */
  private static final String ASYNC_COMMIT =
      "set_config('synchronous_commit', 'off', true) is not null";

  /** Also takes a lease that ends too far ahead: it was given before the clock was set back. */
  private static final String TAKE =
      """
      update relay set epoch = epoch + 1, instance = $1, leased_until = %s
       where leased_until < now() or leased_until > now() + $2::bigint * interval '2 milliseconds'
      returning epoch, transaction > pg_snapshot_xmax(pg_current_snapshot()) as ahead
      """
          .formatted(EXPIRY);

  private static final String RENEW =
      "update relay set leased_until = %s where epoch = $1 and %s".formatted(EXPIRY, ASYNC_COMMIT);

  private static final String RELEASE =
      "update relay set leased_until = '-infinity' where epoch = $1";

  /** The first rejection counts as an attempt; the later events of the order wait without any. */
  private static final String MOVE =
      """
      with moved as (
        update relay set transaction = $3::text::xid8, id = $4, leased_until = %s
         where epoch = $1 and (transaction, id) < ($3::text::xid8, $4) and %s
        returning epoch
      ), kept as (
        insert into refused_event (event_id, order_id, sequence, type, attempts, next_attempt_at, parked_at)
        select event_id, order_id, sequence, type, attempts, now() + attempts * interval '1 second' * (0.75 + random() / 2),
               case when attempts >= $5 then now() end
          from moved cross join unnest($6::bigint[], $7::uuid[], $8::integer[], $9::text[], $10::integer[])
               as rejected (event_id, order_id, sequence, type, attempts)
        on conflict do nothing
      )
      select epoch from moved
      """
          .formatted(EXPIRY, ASYNC_COMMIT);

  private static final Logger log = LoggerFactory.getLogger(RelayLease.class);

  private final Database database;
  private final String instance;
  private final long millis;
  private final int maxAttempts;
  private Optional<Long> epoch = Optional.empty();

  /**
   * @param instance the name of this instance, for people
   * @param millis how long a lease lasts if it is not renewed
   * @param maxAttempts how often an event may be rejected before it is parked
   */
  RelayLease(Database database, String instance, long millis, int maxAttempts) {
    this.database = database;
    this.instance = instance;
    this.millis = millis;
    this.maxAttempts = maxAttempts;
  }

  /** An event that is not delivered now, and how often it was rejected. */
  record Undelivered(LoggedEvent event, int attempts) {}

  /** The epoch of this instance if, as far as it knows, it has the lease. */
  Optional<Long> epoch() {
    return epoch;
  }

  /** Takes the lease if no instance has it. */
  Future<Void> take() {
    return database
        .query(TAKE, Tuple.of(instance, millis))
        .map(
            rows -> {
              rows.forEach(this::taken);
              return null;
            });
  }

  private void taken(Row row) {
    epoch = Optional.of(row.getLong("epoch"));
    if (row.getBoolean("ahead")) {
      log.error(
          "no event will be delivered: the relay's position comes from another server; see"
              + " \"Restoring a database\" in docs/recover.md");
    }
  }

  /** Extends the lease, or finds out that another instance has it. */
  Future<Void> renew(long own) {
    return database.query(RENEW, Tuple.of(own, millis)).map(rows -> confirm(own, rows));
  }

  /** Gives up the lease, so that another instance need not wait for its expiry. */
  Future<Void> release() {
    var own = epoch;
    epoch = Optional.empty();
    return own.isEmpty()
        ? Future.succeededFuture()
        : database.query(RELEASE, Tuple.of(own.get())).mapEmpty();
  }

  /** Moves the position and stores what was not delivered, if this instance has the lease. */
  Future<Void> move(long own, EventPosition to, List<Undelivered> undelivered) {
    var parameters = Tuple.of(own, millis, to.transaction(), to.id()).addInteger(maxAttempts);
    new Columns<>(parameters, undelivered)
        .bigint(it -> it.event().id())
        .uuid(it -> it.event().orderId())
        .integer(it -> it.event().sequence())
        .text(it -> it.event().type())
        .integer(Undelivered::attempts);
    return database.transaction(MOVE, parameters).map(rows -> confirm(own, rows));
  }

  private Void confirm(long own, RowSet<Row> rows) {
    if (rows.rowCount() == 0 && epoch.equals(Optional.of(own))) {
      epoch = Optional.empty();
    }
    return null;
  }
}
