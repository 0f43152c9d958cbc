package org.tradepost.platform.eventlog;

import java.util.regex.Pattern;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/**
 * The place that a reader has reached; as text, the cursor that the reader keeps.
 *
 * <p>Some events are kept although later ones were removed. A reader that begins with the oldest
 * kept events does not miss those that were removed before it began.
 *
 * @param position the event that was read last
 * @param removal the last removal that such a reader knows, until it has passed what was removed;
 *     otherwise empty
 */
record ReaderCursor(EventPosition position, String removal) {

  static final ReaderCursor START = new ReaderCursor(EventPosition.START, "");

  /**
   * Within the range of {@code xid8} and {@code bigint}, and without leading zeros, which make
   * PostgreSQL read a number as octal.
   */
  private static final Pattern TEXT =
      Pattern.compile("(0|[1-9][0-9]{0,18})-(0|[1-9][0-9]{0,17})(?:-([1-9][0-9]{0,9}))?");

  /**
   * Reads a cursor; null is the start.
   *
   * @throws ServiceException {@code INVALID_CURSOR}
   */
  static ReaderCursor of(String text) {
    if (text == null) {
      return START;
    }
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new ServiceException(CommonError.INVALID_CURSOR);
    }
    var position = new EventPosition(parts.group(1), Long.parseLong(parts.group(2)));
    return new ReaderCursor(position, parts.group(3) == null ? "" : parts.group(3));
  }

  /** The cursor of a reader that has received the event at a position and missed none. */
  static ReaderCursor after(EventPosition position, RemovedEvents removed) {
    return new ReaderCursor(position, position.isBefore(removed.end()) ? removed.removal() : "");
  }

  String text() {
    return removal.isEmpty() ? position.text() : position.text() + "-" + removal;
  }

  /** Whether the reader may have missed events that were removed. */
  boolean mayHaveMissed(RemovedEvents removed) {
    return position.isBefore(removed.end()) && !removal.equals(removed.removal());
  }
}
