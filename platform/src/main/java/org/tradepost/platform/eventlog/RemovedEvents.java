package org.tradepost.platform.eventlog;

import io.vertx.sqlclient.Row;

/**
 * What the table {@code event_removed} says.
 *
 * @param end the last position that an event was removed from
 * @param removal the transaction that removed events last. It is the one that changed the row last,
 *     so whoever removes events changes the row even if the end stays where it is
 */
record RemovedEvents(EventPosition end, String removal) {

  static RemovedEvents of(Row row) {
    var end = new EventPosition(row.getString("removed_transaction"), row.getLong("removed_id"));
    return new RemovedEvents(end, row.getString("removal"));
  }
}
