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
  private record RemainingPage(String service, EventBatch batch, int at) {

    Entry first() {
      return batch.entries().get(at);
    }

    boolean isLast() {
      return at + 1 == batch.entries().size();
    }

    RemainingPage afterFirst() {
      return new RemainingPage(service, batch, at + 1);
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
    var pages = new PriorityQueue<>(Comparator.comparing(RemainingPage::time));
    var next = cursor.withPlacesOf(round.unavailable());
    for (var page : round.pages().entrySet()) {
      if (page.getValue().entries().isEmpty()) {
        next = next.with(page.getKey(), page.getValue().next());
      } else {
        pages.add(new RemainingPage(page.getKey(), page.getValue(), 0));
      }
    }
    var items = new ArrayList<JsonNode>();
    while (!pages.isEmpty() && items.size() < limit) {
      var page = pages.poll();
      items.add(page.first().event());
      next = next.with(page.service(), page.isLast() ? page.batch().next() : page.first().cursor());
      if (!page.isLast()) {
        pages.add(page.afterFirst());
      }
    }
    var more = !pages.isEmpty() || round.pages().values().stream().anyMatch(EventBatch::more);
    return new EventListing(items, next.text(), more, round.unavailable());
  }
}
