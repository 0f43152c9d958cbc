package org.tradepost.launcher.torture;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What all clients have done and been told, in the order of the answers. */
final class CallLog {
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final long begin = System.nanoTime();

  /** The time since the log was begun. */
  Duration now() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Notes a call that has just ended. */
  Call note(String customer, Action action, Attempt attempt, Duration begun, Reply reply) {
    Outcome outcome = action.outcome(reply);
    boolean told = outcome == Outcome.OK && action != Action.BROWSE;
    Call call =
        new Call(
            customer,
            action,
            attempt,
            begun,
            now(),
            outcome,
            reply.words(),
            told ? Optional.of(reply.order()) : Optional.empty());
    calls.add(call);
    return call;
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  /**
   * The longest time in which one client asked about orders and was told nothing but unknown.
   *
   * @param end of the load
   */
  static Duration longestOutage(List<Call> calls, Duration end) {
    Map<String, Duration> lastTold = new HashMap<>();
    Duration longest = Duration.ZERO;
    for (Call call : calls) {
      if (call.action() == Action.BROWSE) {
        continue;
      }
      lastTold.putIfAbsent(call.customer(), Duration.ZERO);
      if (call.outcome() != Outcome.UNKNOWN && call.end().compareTo(end) <= 0) {
        longest = max(longest, call.end().minus(lastTold.put(call.customer(), call.end())));
      }
    }
    for (Duration last : lastTold.values()) {
      longest = max(longest, end.minus(last));
    }
    return longest;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
