package org.tradepost.proof.torture.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tradepost.proof.torture.load.Action;
import org.tradepost.proof.torture.load.CallOutcome;
import org.tradepost.proof.torture.load.LoggedCall;
import org.tradepost.proof.torture.load.ReportedOrder;

/**
 * All evidence of a run that is visible from outside.
 *
 * @param calls all calls of all clients, with their results
 * @param load the duration of the load
 * @param initialStock pieces of each product before the first was sold
 * @param stored what the databases contain at rest
 */
public record Evidence(
    List<LoggedCall> calls, Duration load, Map<String, Long> initialStock, StoredState stored) {

  /** The number of stored orders that are in no response. */
  public long unreported() {
    var reported =
        calls.stream()
            .flatMap(call -> call.reportedOrder().stream())
            .map(ReportedOrder::id)
            .collect(Collectors.toSet());
    return stored.orders().stream().filter(row -> !reported.contains(row.order().id())).count();
  }

  public long count(Action action, CallOutcome outcome) {
    return calls.stream()
        .filter(call -> call.action() == action && call.outcome() == outcome)
        .count();
  }

  public Outage longestOutage() {
    return Outage.longest(calls, load);
  }
}
