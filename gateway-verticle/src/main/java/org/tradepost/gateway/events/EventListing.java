package org.tradepost.gateway.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.events.EventBatch.Entry;
import org.tradepost.gateway.events.EventReader.EventRound;

/**
 * A page of the events of all services.
 *
 * @param items the events
 * @param nextCursor where the next page begins, even if there are no events there yet
 * @param more whether there is more to read now, or will be once a transaction has ended; a page
 *     need not be full for this, since a service scans only some events for a rare type
 * @param away the services that could not be asked; the cursor keeps their places
 */
record EventListing(
    List<JsonNode> items,
    String nextCursor,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean more,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> away) {

  /** The rest of a service's page. */
  private record Rest(String service, EventBatch page, int at) {

    Entry first() {
      return page.entries().get(at);
    }

    boolean isLast() {
      return at + 1 == page.entries().size();
    }

    Rest afterFirst() {
      return new Rest(service, page, at + 1);
    }

    /** As text, which sorts correctly to the second: enough, since the order is not guaranteed. */
    String time() {
      return first().event().path("time").asText();
    }
  }

  /**
   * Merges the pages of the services by time; the events of each service stay in order.
   *
   * @throws ServiceException {@code UNAVAILABLE} if no service could be asked
   */
  static EventListing of(EventRound round, EventCursor cursor, int limit) {
    if (round.pages().isEmpty()) {
      throw ServiceException.unavailable("No service could be asked for events");
    }
    var rests = new PriorityQueue<>(Comparator.comparing(Rest::time));
    var next = cursor.keeping(round.unavailable());
    for (var page : round.pages().entrySet()) {
      if (page.getValue().entries().isEmpty()) {
        next = next.with(page.getKey(), page.getValue().next());
      } else {
        rests.add(new Rest(page.getKey(), page.getValue(), 0));
      }
    }
    var items = new ArrayList<JsonNode>();
    while (!rests.isEmpty() && items.size() < limit) {
      var rest = rests.poll();
      items.add(rest.first().event());
      next = next.with(rest.service(), rest.isLast() ? rest.page().next() : rest.first().cursor());
      if (!rest.isLast()) {
        rests.add(rest.afterFirst());
      }
    }
    var more = !rests.isEmpty() || round.pages().values().stream().anyMatch(EventBatch::more);
    return new EventListing(items, next.text(), more, round.unavailable());
  }
}
