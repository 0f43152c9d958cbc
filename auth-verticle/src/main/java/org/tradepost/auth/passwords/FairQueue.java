package org.tradepost.auth.passwords;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

/**
 * A round-robin queue: takes tasks from each client in turn, so that one with many does not delay
 * the others. Thread-safe.
 */
final class FairQueue {

  // The client whose turn is next comes first.
  private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();

  synchronized void add(String client, Runnable task) {
    waiting.computeIfAbsent(client, first -> new ArrayDeque<>()).add(task);
  }

  /**
   * Removes and returns the next task.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  synchronized Runnable next() {
    var client = waiting.keySet().iterator().next();
    var tasks = waiting.remove(client);
    var task = tasks.remove();
    if (!tasks.isEmpty()) {
      waiting.put(client, tasks);
    }
    return task;
  }
}
