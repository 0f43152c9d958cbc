package org.tradepost.common.events;

import java.util.List;

/**
 * Some events of one service, in the order in which they are read.
 *
 * @param entries what was found
 * @param next where the next page begins, whether or not there is anything yet
 * @param more whether there is something to read at once, or as soon as a transaction has ended
 */
public record EventPage(List<Entry> entries, String next, boolean more) {

  /**
   * An event in its place.
   *
   * @param cursor where the page after it begins
   */
  public record Entry(String cursor, Event event) {}
}
