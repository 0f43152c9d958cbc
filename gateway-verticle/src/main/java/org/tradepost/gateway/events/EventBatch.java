package org.tradepost.gateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A page of events from a service. The events are passed on as they are, including fields that a
 * newer service adds.
 *
 * @param entries the events, with their cursors
 * @param next where the next page begins
 * @param more whether there is more to read now, or will be once a transaction has ended
 */
record EventBatch(List<Entry> entries, String next, boolean more) {

  /**
   * An event and its place.
   *
   * @param cursor where the page after this event begins
   */
  record Entry(String cursor, JsonNode event) {}
}
