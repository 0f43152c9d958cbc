package org.tradepost.platform.eventlog;

import io.vertx.sqlclient.Row;
import java.util.regex.Pattern;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/**
 * The position of an event in the order in which readers get them; as text it is the cursor that
 * readers keep.
 *
 * @param transaction the id of the transaction that wrote the event, an {@code xid8}
 * @param id the event's own id, which orders the events of one transaction
 */
public record EventPosition(String transaction, long id) {

  /**
   * The condition for events that may be read: nothing can come before them any more. See {@link
   * EventRepository} for the reason.
   */
  public static final String READABLE = "transaction < pg_snapshot_xmin(pg_current_snapshot())";

  public static final EventPosition START = new EventPosition("0", 0);

  /**
   * Within what {@code xid8} and {@code bigint} hold, and without zeros in front, by which
   * PostgreSQL takes a number for an octal one.
   */
  private static final Pattern CURSOR =
      Pattern.compile("(0|[1-9][0-9]{0,18})-(0|[1-9][0-9]{0,17})");

  /**
   * Reads a cursor; null is the start.
   *
   * @throws ServiceException {@code INVALID_CURSOR}
   */
  static EventPosition of(String cursor) {
    if (cursor == null) {
      return START;
    }
    var parts = CURSOR.matcher(cursor);
    if (!parts.matches()) {
      throw new ServiceException(CommonError.INVALID_CURSOR);
    }
    return new EventPosition(parts.group(1), Long.parseLong(parts.group(2)));
  }

  /** The position of the event in a row with {@code transaction} and {@code id}. */
  public static EventPosition of(Row row) {
    return new EventPosition(row.getString("transaction"), row.getLong("id"));
  }

  /** The position before all events of a transaction. */
  static EventPosition before(String transaction) {
    return new EventPosition(transaction, 0);
  }

  String cursor() {
    return transaction + "-" + id;
  }
}
