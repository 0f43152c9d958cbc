package org.tradepost.proof.torture;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tradepost.proof.torture.check.CheckResult;
import org.tradepost.proof.torture.check.Evidence;
import org.tradepost.proof.torture.load.Action;
import org.tradepost.proof.torture.load.CallOutcome;
import org.tradepost.proof.torture.load.LoggedCall;

/**
 * The result of a run.
 *
 * @param revived the members that had exited unexpectedly and were restarted
 */
public record TortureReport(
    TorturePlan plan,
    List<PlannedFault> faults,
    List<String> revived,
    Evidence evidence,
    List<CheckResult> checks) {
  private static final int MAX_SHOWN = 10;

  /** Whether no check has a finding. */
  public boolean isClean() {
    return checks.stream().allMatch(check -> check.findings().isEmpty());
  }

  /** All calls of all clients and their results, one line each. */
  public String log() {
    return evidence.calls().stream()
        .map(LoggedCall::line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** The report for a person. */
  public String text() {
    var text = new StringBuilder();
    appendFaults(text);
    appendCalls(text);
    appendChecks(text);
    var findings = checks.stream().mapToLong(check -> check.findings().size()).sum();
    text.append("%n%s: %s%n".formatted(plan, findings == 0 ? "clean." : findings + " findings."));
    return text.toString();
  }

  private void appendFaults(StringBuilder text) {
    Map<String, Long> kinds =
        faults.stream()
            .collect(
                Collectors.groupingBy(
                    fault -> fault.kind().description(), TreeMap::new, Collectors.counting()));
    text.append(String.format(Locale.ROOT, "%nFaults: %d (", faults.size()));
    text.append(
        kinds.entrySet().stream()
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(Collectors.joining(", ")));
    text.append(")%n".formatted());
    if (!revived.isEmpty()) {
      text.append("Exited on their own and were restarted: %s%n".formatted(revived));
    }
  }

  private void appendCalls(StringBuilder text) {
    text.append(row("calls", Stream.of(CallOutcome.values()).map(CallOutcome::name)));
    for (var action : Action.values()) {
      var outcomes = Stream.of(CallOutcome.values());
      text.append(
          row(
              action.name(),
              outcomes.map(outcome -> Long.toString(evidence.count(action, outcome)))));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%n%nOrders placed: %d, %d of them in no response; given up: %d%n",
            evidence.stored().orders().size(),
            evidence.unreported(),
            evidence.stored().tombstones()));
    var outage = evidence.longestOutage();
    text.append(
        String.format(
            Locale.ROOT,
            "Longest outage: %.1f s from %s on, with only unknown outcomes for the orders of one client%n",
            outage.length().toMillis() / 1e3,
            PlannedFault.clock(outage.start())));
  }

  private static String row(String first, Stream<String> others) {
    var cells = others.map("%10s"::formatted).collect(Collectors.joining());
    return "%n  %-8s%s".formatted(first, cells).toLowerCase(Locale.ROOT);
  }

  private void appendChecks(StringBuilder text) {
    var width = checks.stream().mapToInt(check -> check.condition().length()).max().orElse(0);
    var format = "%n  %-" + width + "s%10s%10s";
    text.append(format.formatted("checks", "checked", "findings"));
    for (var check : checks) {
      text.append(format.formatted(check.condition(), check.checked(), check.findings().size()));
    }
    text.append("%n".formatted());
    for (var check : checks) {
      check.findings().stream()
          .limit(MAX_SHOWN)
          .forEach(
              finding -> text.append("%n  %s%n    %s%n".formatted(check.condition(), finding)));
    }
  }
}
