package org.tradepost.platform.eventlog;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.Event;
import org.tradepost.common.events.EventPage;
import org.tradepost.common.events.EventPage.Entry;
import org.tradepost.common.events.ReadEvents;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.sql.Database;

/**
 * The events in a service's database, which must have the view {@code event_feed} and the table
 * {@code event_removed}.
 *
 * <p>Identity values are assigned before a transaction commits, so a reader that remembers the
 * greatest one it saw would miss a lower one that commits late. Here events are read in the order
 * of their transactions, and only those of transactions before the oldest that is still running.
 * PostgreSQL assigns transaction ids in one order for the whole server, so whatever commits later
 * comes later in this order.
 */
final class EventRepository {

  private static final String AFTER =
      "(transaction, id) > ($1::text::xid8, $2::bigint) and transaction < horizon.at";

  /**
   * The horizon, the last event before it, and what was removed.
   *
   * <p>A reader continues after an event, never at the horizon: a server that crashes may reuse the
   * ids of transactions that had not yet written to its log.
   */
  private static final String HORIZON =
      """
      (select pg_snapshot_xmin(pg_current_snapshot()) as at,
                     transaction::text as removed_transaction, id as removed_id, xmin::text as removal
                from event_removed) as horizon
        left join lateral (
          select transaction::text as last_transaction, id as last_id from event_feed
           where event_feed.transaction < horizon.at
           order by event_feed.transaction desc, id desc
           limit 1
        ) as last on true""";

  /**
   * Everything is read in one snapshot. Without events, the horizon is the only row.
   *
   * <p>A page that is not full has covered everything before the horizon, so the next one begins
   * after the last event before the horizon.
   */
  private static final String READ =
      """
      select feed.*, last_transaction, last_id, removed_transaction, removed_id, removal,
             null::text as edge_transaction, null::bigint as edge_id,
             exists (select from event_feed pending where pending.transaction >= horizon.at %1$s) as pending
        from %2$s
        left join lateral (
          select id, transaction::text, type, time, subject, subject_version, sequence, data, traceparent
            from event_feed
           where %3$s %1$s
           order by event_feed.transaction, id
           limit $3
        ) as feed on true
       order by feed.transaction::xid8, feed.id
      """;

  /**
   * The same for one type. No index covers the type, so only a bounded number of events is scanned;
   * the edge is the last of them, if there may be more after it.
   */
  private static final String READ_TYPE =
      """
      select feed.*, last_transaction, last_id, removed_transaction, removed_id, removal,
             edge_transaction, edge_id,
             exists (select from event_feed pending where pending.transaction >= horizon.at %1$s) as pending
        from %2$s
        left join lateral (
          select transaction::text as edge_transaction, id as edge_id from event_feed
           where %3$s %1$s
           order by event_feed.transaction, id
           offset %4$d - 1 limit 1
        ) as edge on true
        left join lateral (
          select id, transaction::text, type, time, subject, subject_version, sequence, data, traceparent
            from (select * from event_feed
                   where %3$s %1$s
                   order by event_feed.transaction, id
                   limit %4$d) as step
           where type = $4
           order by step.transaction, id
           limit $3
        ) as feed on true
       order by feed.transaction::xid8, feed.id
      """;

  /** Scanning this many takes a few milliseconds. */
  private static final int MAX_SCANNED = 5_000;

  private static final String LATEST =
      "select last_transaction, last_id, removed_transaction, removed_id, removal from " + HORIZON;

  private final Database database;
  private final String service;
  private final int maxScanned;

  /**
   * @param service the service that the events belong to; makes their ids unique
   */
  EventRepository(Database database, String service) {
    this(database, service, MAX_SCANNED);
  }

  /**
   * @param maxScanned how many events are scanned for one page of a type
   */
  EventRepository(Database database, String service, int maxScanned) {
    this.database = database;
    this.service = service;
    this.maxScanned = maxScanned;
  }

  /**
   * Reads one page.
   *
   * @param audience the user whose events are read; empty for all events
   * @return fails with {@code INVALID_CURSOR}, or with {@code CURSOR_GONE} when events after the
   *     cursor were removed
   */
  Future<EventPage> read(ReadEvents request, Optional<UUID> audience) {
    if (ReadEvents.LATEST.equals(request.after())) {
      return database
          .query(LATEST)
          .map(rows -> rows.iterator().next())
          .map(row -> new EventPage(List.of(), last(row, RemovedEvents.of(row)).text(), false));
    }
    var after = ReaderCursor.of(request.after());
    var position = after.position();
    var parameters = Tuple.of(position.transaction(), position.id(), request.limit());
    if (request.type() != null) {
      parameters.addString(request.type());
    }
    audience.ifPresent(parameters::addUUID);
    var own = audience.isEmpty() ? "" : "and audience = $" + parameters.size();
    var sql =
        request.type() == null
            ? READ.formatted(own, HORIZON, AFTER)
            : String.format(Locale.ROOT, READ_TYPE, own, HORIZON, AFTER, maxScanned);
    return database.query(sql, parameters).map(rows -> page(rows, request, after));
  }

  private EventPage page(RowSet<Row> rows, ReadEvents request, ReaderCursor after) {
    var first = rows.iterator().next();
    var removed = RemovedEvents.of(first);
    if (request.after() != null && after.mayHaveMissed(removed)) {
      throw new ServiceException(CommonError.CURSOR_GONE);
    }
    var entries = new ArrayList<Entry>();
    for (var row : rows) {
      if (row.getLong("id") != null) {
        entries.add(
            new Entry(ReaderCursor.after(EventPosition.of(row), removed).text(), event(row)));
      }
    }
    if (entries.size() == request.limit()) {
      return new EventPage(entries, entries.get(entries.size() - 1).cursor(), true);
    }
    if (first.getLong("edge_id") != null) {
      var edge = new EventPosition(first.getString("edge_transaction"), first.getLong("edge_id"));
      return new EventPage(entries, ReaderCursor.after(edge, removed).text(), true);
    }
    var last = after.position().orLater(last(first, removed));
    return new EventPage(
        entries, ReaderCursor.after(last, removed).text(), first.getBoolean("pending"));
  }

  /** The position of the last readable or removed event, whichever is later. */
  private static EventPosition last(Row row, RemovedEvents removed) {
    return row.getLong("last_id") == null
        ? removed.end()
        : removed
            .end()
            .orLater(new EventPosition(row.getString("last_transaction"), row.getLong("last_id")));
  }

  private Event event(Row row) {
    return new Event(
        service + "-" + row.getLong("id"),
        row.getString("type"),
        row.getOffsetDateTime("time").toInstant(),
        row.getUUID("subject"),
        row.getLong("subject_version"),
        row.getLong("sequence"),
        WireJson.read(row.getJsonObject("data").toBuffer(), JsonNode.class),
        row.getString("traceparent"));
  }
}
