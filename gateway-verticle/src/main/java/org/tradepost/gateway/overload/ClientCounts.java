package org.tradepost.gateway.overload;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much of something each client has at the moment. Thread-safe. */
public final class ClientCounts {

  private final Map<Object, Long> counts = new ConcurrentHashMap<>();

  /** Counts one more for a client, unless it has reached the maximum. */
  public boolean add(Object client, int max) {
    return add(client, 1, max);
  }

  /** Adds an amount for a client, unless it would exceed the maximum. */
  boolean add(Object client, long amount, long max) {
    if (counts.merge(client, amount, Long::sum) <= max) {
      return true;
    }
    remove(client, amount);
    return false;
  }

  /** Counts one less. */
  public void remove(Object client) {
    remove(client, 1);
  }

  /** Subtracts an amount. */
  void remove(Object client, long amount) {
    counts.computeIfPresent(client, (same, count) -> count == amount ? null : count - amount);
  }

  /** Returns how many clients have any. */
  int clients() {
    return counts.size();
  }
}
