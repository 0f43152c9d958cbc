package org.tradepost.common.events;

import java.util.List;

/**
 * Some events of one service, in the order in which they are read.
 *
 * @param entries what was found
 * @param next where the next page begins, even if it has no events yet
 * @param more whether there is more to read at once, or as soon as an open transaction has ended
 */
public record EventPage(List<Entry> entries, String next, boolean more) {

  /**
   * An event with its cursor.
   *
   * @param cursor where the page after it begins
   */
  public record Entry(String cursor, Event event) {}
}
