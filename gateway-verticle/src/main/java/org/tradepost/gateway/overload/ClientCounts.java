package org.tradepost.gateway.overload;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many of something each client has at this moment. Safe for several event loops. */
public final class ClientCounts {

  private final Map<Object, Integer> counts = new ConcurrentHashMap<>();

  /** Counts one more for a client, unless it has as many as it may. */
  public boolean add(Object client, int most) {
    if (counts.merge(client, 1, Integer::sum) <= most) {
      return true;
    }
    remove(client);
    return false;
  }

  /** Counts one less. */
  public void remove(Object client) {
    counts.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
  }

  /** How many clients have any. */
  int clients() {
    return counts.size();
  }
}
