package org.tradepost.proof.torture.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What all clients have done and been told, in the order of the answers. */
public final class CallLog {
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final long begin = System.nanoTime();

  /** The time since the log was begun. */
  public Duration now() {
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

  public List<Call> calls() {
    return List.copyOf(calls);
  }
}
