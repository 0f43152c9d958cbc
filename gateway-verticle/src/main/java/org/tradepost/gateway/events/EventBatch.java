package org.tradepost.gateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A page of events as a service replies it, with the events themselves as they came: what a newer
 * service adds to them is passed on.
 *
 * @param entries what was found
 * @param next where the next page begins
 * @param more whether there is something to read at once, or as soon as a transaction has ended
 */
record EventBatch(List<Entry> entries, String next, boolean more) {

  /**
   * An event in its place.
   *
   * @param cursor where the page after it begins
   */
  record Entry(String cursor, JsonNode event) {}
}
