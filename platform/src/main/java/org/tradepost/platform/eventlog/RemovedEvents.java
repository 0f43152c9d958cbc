package org.tradepost.platform.eventlog;

import io.vertx.sqlclient.Row;

/**
 * The content of the table {@code event_removed}.
 *
 * @param end the last position that an event was removed from
 * @param removal the transaction that removed events last, which is the one that changed the row
 *     last: whoever removes events must update the row, even if the end does not change
 */
record RemovedEvents(EventPosition end, String removal) {

  static RemovedEvents of(Row row) {
    var end = new EventPosition(row.getString("removed_transaction"), row.getLong("removed_id"));
    return new RemovedEvents(end, row.getString("removal"));
  }
}
