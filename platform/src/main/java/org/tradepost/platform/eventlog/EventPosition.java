package org.tradepost.platform.eventlog;

import io.vertx.sqlclient.Row;
import java.util.Comparator;

/**
 * The position of an event in the order in which readers get them.
 *
 * @param transaction the id of the transaction that wrote the event, an {@code xid8}
 * @param id the event's own id, which orders the events of one transaction
 */
public record EventPosition(String transaction, long id) {

  /**
   * The condition for events that may be read: no new event can come before them. See {@link
   * EventRepository} for the reason.
   */
  public static final String READABLE = "transaction < pg_snapshot_xmin(pg_current_snapshot())";

  /** Of numbers without leading zeros, the longer one is greater. */
  private static final Comparator<EventPosition> ORDER =
      Comparator.comparing(EventPosition::transaction, Comparator.comparingInt(String::length))
          .thenComparing(EventPosition::transaction)
          .thenComparing(EventPosition::id);

  public static final EventPosition START = new EventPosition("0", 0);

  /** The position of the event in a row with {@code transaction} and {@code id}. */
  public static EventPosition of(Row row) {
    return new EventPosition(row.getString("transaction"), row.getLong("id"));
  }

  boolean isBefore(EventPosition other) {
    return ORDER.compare(this, other) < 0;
  }

  /** The later of the two. */
  EventPosition orLater(EventPosition other) {
    return isBefore(other) ? other : this;
  }

  String text() {
    return transaction + "-" + id;
  }
}
