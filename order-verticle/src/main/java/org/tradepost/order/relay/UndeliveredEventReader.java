package org.tradepost.order.relay;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tradepost.platform.eventlog.EventPosition;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.telemetry.metrics.MetricNames;

/** Reads the event log from the position of the relay, and counts what is left. */
final class UndeliveredEventReader {

  /** An event waits while an earlier one of its order is rejected and not discarded. */
  static final String NEXT =
      """
      select id, transaction::text, order_id, sequence, type, encode(trace, 'hex') as trace,
             exists (select from refused_event
                      where refused_event.order_id = event.order_id and discarded_at is null) as waits
        from event
       where (transaction, id) > ((select transaction from relay where epoch = $1),
                                  (select id from relay where epoch = $1))
         and %s
       order by event.transaction, id limit $2
      """
          .formatted(EventPosition.READABLE);

  /**
   * Counts as hidden only what is hidden for over a second: orders' own transactions are shorter.
   */
  private static final String BACKLOG =
      """
      select count(*) as undelivered, count(parked_at) as parked,
             coalesce(extract(epoch from now() - min(time) filter (where not exists (
                 select from refused_event earlier
                  where earlier.order_id = undelivered.order_id and earlier.sequence <= undelivered.sequence
                    and earlier.parked_at is not null and earlier.discarded_at is null))), 0)::bigint
               as "oldestSeconds",
             (select count(*) from event
               where transaction >= pg_snapshot_xmin(pg_current_snapshot())
                 and time < now() - interval '1 second') as hidden
        from undelivered where discarded_at is null
      """;

  private final Database database;

  UndeliveredEventReader(Database database) {
    this.database = database;
  }

  /**
   * A part of the log.
   *
   * @param due the events to deliver now
   * @param waiting the events that wait for an earlier one of their order
   * @param end the position of the last event read
   * @param read how many events were read
   */
  record Batch(List<LoggedEvent> due, List<LoggedEvent> waiting, EventPosition end, int read) {}

  /** Reads at most so many of the next events; none if the relay is in another epoch. */
  Future<Batch> next(long epoch, int limit) {
    return database.transaction(NEXT, Tuple.of(epoch, limit)).map(UndeliveredEventReader::batch);
  }

  private static Batch batch(RowSet<Row> rows) {
    var due = new ArrayList<LoggedEvent>();
    var waiting = new ArrayList<LoggedEvent>();
    var end = EventPosition.START;
    for (var row : rows) {
      var event = LoggedEvent.of(row);
      if (event.isToDeliver()) {
        (row.getBoolean("waits") ? waiting : due).add(event);
      }
      end = EventPosition.of(row);
    }
    return new Batch(due, waiting, end, rows.size());
  }

  /**
   * Counts the events that the product service has not acknowledged, the parked ones among them,
   * and those that cannot be read yet because an earlier transaction is open; with the age of the
   * oldest event that is neither parked nor waits for a parked one.
   */
  Future<Map<String, Object>> backlog() {
    return database
        .query(BACKLOG)
        .map(rows -> rows.iterator().next())
        .map(
            row -> {
              var counts = new LinkedHashMap<String, Object>();
              for (var name : List.of("undelivered", "parked", "hidden", MetricNames.OLDEST)) {
                counts.put(name, row.getLong(name));
              }
              return counts;
            });
  }
}
