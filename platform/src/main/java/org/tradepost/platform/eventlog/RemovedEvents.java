package org.tradepost.platform.eventlog;

import io.vertx.sqlclient.Row;

/**
 * What the table {@code event_removed} says.
 *
 * @param end the last position that an event was removed from
 * @param removal the transaction that removed events last
 */
record RemovedEvents(EventPosition end, String removal) {

  static RemovedEvents of(Row row) {
    var end = new EventPosition(row.getString("removed_transaction"), row.getLong("removed_id"));
    return new RemovedEvents(end, row.getString("removal"));
  }

  /**
   * The cursor of a reader that has got the event at a position and misses nothing. The removal is
   * in it as long as the reader has not passed what was removed.
   */
  String cursor(EventPosition position) {
    return position.isBefore(end) ? position.text() + "-" + removal : position.text();
  }
}
