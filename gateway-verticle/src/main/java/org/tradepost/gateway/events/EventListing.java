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
 * @param nextCursor where the next page begins, whether or not there is anything yet
 * @param more whether there is something to read at once, or as soon as a transaction has ended; a
 *     page that is not full can have that too, since of a rare type a service looks at some events
 *     only
 * @param away the services that could not be asked; their place is kept
 */
record EventListing(
    List<JsonNode> items,
    String nextCursor,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean more,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> away) {

  /** What is left of a service's page. */
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

    /** As text: to within a second, which is enough where no order is promised. */
    String time() {
      return first().event().path("time").asText();
    }
  }

  /**
   * Merges the pages of the services by time; each keeps its own order.
   *
   * @throws ServiceException {@code UNAVAILABLE} when no service could be asked
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
