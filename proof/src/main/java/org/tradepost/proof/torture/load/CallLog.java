package org.tradepost.proof.torture.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What all clients have done and been told, in the order of the answers. */
public final class CallLog {
  private final Queue<LoggedCall> calls = new ConcurrentLinkedQueue<>();
  private final long begin = System.nanoTime();

  /** The time since the log was begun. */
  public Duration now() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Notes a call that has just ended. */
  LoggedCall note(
      String customer, Action action, OrderAttempt attempt, Duration begun, ApiReply reply) {
    CallOutcome outcome = action.outcome(reply);
    boolean told = outcome == CallOutcome.OK && action != Action.BROWSE;
    LoggedCall call =
        new LoggedCall(
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

  public List<LoggedCall> calls() {
    return List.copyOf(calls);
  }
}
