package org.tradepost.proof.torture.check;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.tradepost.proof.torture.load.Action;
import org.tradepost.proof.torture.load.CallOutcome;
import org.tradepost.proof.torture.load.LoggedCall;

/**
 * A period in which all calls of one client about orders had an unknown outcome.
 *
 * @param start the time of the last answer before it, since the start of the log
 */
public record Outage(Duration start, Duration length) {

  /**
   * The longest outage of any client.
   *
   * @param calls in the order of their ends
   * @param end the end of the load
   */
  static Outage longest(List<LoggedCall> calls, Duration end) {
    var lastReported = new HashMap<String, Duration>();
    var longest = new Outage(Duration.ZERO, Duration.ZERO);
    for (var call : calls) {
      if (call.action() == Action.BROWSE) {
        continue;
      }
      lastReported.putIfAbsent(call.customer(), Duration.ZERO);
      if (call.outcome() != CallOutcome.UNKNOWN && call.end().compareTo(end) <= 0) {
        longest = longest.or(lastReported.put(call.customer(), call.end()), call.end());
      }
    }
    for (var last : lastReported.values()) {
      longest = longest.or(last, end);
    }
    return longest;
  }

  private Outage or(Duration otherStart, Duration otherEnd) {
    var other = otherEnd.minus(otherStart);
    return length.compareTo(other) < 0 ? new Outage(otherStart, other) : this;
  }
}
