package org.tradepost.order.relay;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.tradepost.common.contract.order.ParkedEventContract.LaterEvent;
import org.tradepost.common.contract.order.ParkedEventContract.ParkedEvent;
import org.tradepost.platform.sql.Database;

/** Reads and changes the parked events. */
final class ParkedEventRepository {

  private static final String LIST =
      """
      select event_id, order_id, sequence, refused_event.type, event.time, parked_at, attempts,
             (select coalesce(jsonb_agg(jsonb_build_object('version', later.sequence, 'type', later.type)
                                        order by later.sequence), '[]')
                from undelivered as later
               where later.order_id = refused_event.order_id and later.sequence > refused_event.sequence
                 and later.discarded_at is null) as later
        from refused_event join event using (order_id, sequence)
       where parked_at is not null and discarded_at is null and event_id > $1
       order by event_id limit $2
      """;

  private static final String CHANGE =
      """
      with known as (
        select event_id, case when discarded_at is not null then 'DISCARDED'
                              when parked_at is not null then 'PARKED' else 'PENDING' end as state
          from refused_event where event_id = $1 for update
      ), changed as (
        update refused_event set %s from known where refused_event.event_id = known.event_id and state = 'PARKED'
      )
      select coalesce((select state from known),
                      (select 'PENDING' from undelivered where event_id = $1), 'MISSING') as state
      """;

  private static final String RETRY =
      CHANGE.formatted("parked_at = null, attempts = 0, next_attempt_at = now()");

  private static final String DISCARD = CHANGE.formatted("discarded_at = now()");

  private final Database database;

  ParkedEventRepository(Database database) {
    this.database = database;
  }

  /** The state of an event before a change; only a parked event is changed. */
  enum State {
    PARKED,
    PENDING,
    DISCARDED,
    /** Delivered, or never written. */
    MISSING
  }

  /**
   * Lists the parked events in the order of their ids.
   *
   * @param after the id before the first, or 0
   */
  Future<List<ParkedEvent>> list(long after, int limit) {
    return database
        .query(LIST, Tuple.of(after, limit))
        .map(rows -> rows.stream().map(ParkedEventRepository::event).toList());
  }

  /** Makes an event due again, with its attempts reset. */
  Future<State> retry(long id) {
    return change(RETRY, id);
  }

  /** Marks an event as discarded. */
  Future<State> discard(long id) {
    return change(DISCARD, id);
  }

  private Future<State> change(String sql, long id) {
    return database
        .query(sql, Tuple.of(id))
        .map(rows -> State.valueOf(rows.iterator().next().getString("state")));
  }

  private static ParkedEvent event(Row row) {
    return new ParkedEvent(
        row.getLong("event_id"),
        row.getUUID("order_id"),
        row.getInteger("sequence"),
        row.getString("type"),
        row.getOffsetDateTime("time").toInstant(),
        row.getOffsetDateTime("parked_at").toInstant(),
        row.getInteger("attempts"),
        row.get(JsonArray.class, "later").stream()
            .map(JsonObject.class::cast)
            .map(later -> new LaterEvent(later.getInteger("version"), later.getString("type")))
            .toList());
  }
}
