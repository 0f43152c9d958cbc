package org.tradepost.proof.torture.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** All calls of all clients, in the order of their responses. */
public final class CallLog {
  private final Queue<LoggedCall> calls = new ConcurrentLinkedQueue<>();
  private final long start = System.nanoTime();

  /** The time since the start of the log. */
  public Duration now() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Logs a call that has just ended. */
  LoggedCall note(
      String customer, Action action, OrderAttempt attempt, Duration start, ApiReply reply) {
    var outcome = action.outcome(reply);
    var reported = outcome == CallOutcome.OK && action != Action.BROWSE;
    var call =
        new LoggedCall(
            customer,
            action,
            attempt,
            start,
            now(),
            outcome,
            reply.failure(),
            reported ? Optional.of(reply.order()) : Optional.empty());
    calls.add(call);
    return call;
  }

  public List<LoggedCall> calls() {
    return List.copyOf(calls);
  }
}
