package org.tradepost.proof.torture.check;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tradepost.proof.torture.load.Action;
import org.tradepost.proof.torture.load.CallOutcome;
import org.tradepost.proof.torture.load.LoggedCall;

/**
 * A time in which one client asked about orders and was told nothing but unknown.
 *
 * @param begin the last answer before it, counted from the beginning of the log
 */
public record Outage(Duration begin, Duration length) {

  /**
   * The longest of any client.
   *
   * @param calls in the order of their ends
   * @param end of the load
   */
  static Outage longest(List<LoggedCall> calls, Duration end) {
    Map<String, Duration> lastTold = new HashMap<>();
    Outage longest = new Outage(Duration.ZERO, Duration.ZERO);
    for (LoggedCall call : calls) {
      if (call.action() == Action.BROWSE) {
        continue;
      }
      lastTold.putIfAbsent(call.customer(), Duration.ZERO);
      if (call.outcome() != CallOutcome.UNKNOWN && call.end().compareTo(end) <= 0) {
        longest = longest.or(lastTold.put(call.customer(), call.end()), call.end());
      }
    }
    for (Duration last : lastTold.values()) {
      longest = longest.or(last, end);
    }
    return longest;
  }

  private Outage or(Duration otherBegin, Duration otherEnd) {
    Duration other = otherEnd.minus(otherBegin);
    return length.compareTo(other) < 0 ? new Outage(otherBegin, other) : this;
  }
}
