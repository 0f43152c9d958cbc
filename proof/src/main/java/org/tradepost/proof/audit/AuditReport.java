package org.tradepost.proof.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param findings in the order of the invariants
 * @param parked the events that wait for an operator, which are not violations
 * @param discarded the events that an operator discarded; what is wrong because of that is a
 *     violation of I4
 * @param waited how long the audit waited for what was in flight; zero if it did not have to
 */
public record AuditReport(
    Map<Invariant, Finding> findings,
    Map<String, String> parked,
    Map<String, String> discarded,
    Duration waited) {
  private static final int MAX_SHOWN = 10;

  /** The number of violations of all invariants. */
  public long violations() {
    return findings.values().stream().mapToLong(finding -> finding.violations().size()).sum();
  }

  /** The report as text: a table, and below it each violated invariant. */
  public String text() {
    var width = findings.keySet().stream().mapToInt(it -> it.text().length()).max().orElse(0);
    var format = "%-4s%-" + width + "s%12s%12s%n";
    var text = new StringBuilder(format.formatted("", "invariant", "rows", "violations"));
    findings.forEach(
        (invariant, finding) ->
            text.append(
                format.formatted(
                    invariant, invariant.text(), finding.rows(), finding.violations().size())));
    findings.forEach(
        (invariant, finding) ->
            append(
                text,
                invariant + ", " + number(finding.violations().size()),
                finding.violations()));
    append(text, "Parked events, which wait for an operator, " + parked.size(), parked);
    append(
        text,
        "Discarded events, which the product service never received, " + discarded.size(),
        discarded);
    text.append(System.lineSeparator());
    if (!waited.isZero()) {
      text.append(String.format(Locale.ROOT, "Waited %d s for what was in flight. ", seconds()));
    }
    return text.append(verdict()).toString();
  }

  private static void append(StringBuilder text, String title, Map<String, String> found) {
    if (found.isEmpty()) {
      return;
    }
    text.append("%n%s:%n".formatted(title));
    found.entrySet().stream()
        .limit(MAX_SHOWN)
        .forEach(it -> text.append("    %s  %s%n".formatted(it.getKey(), it.getValue())));
    if (found.size() > MAX_SHOWN) {
      text.append(String.format(Locale.ROOT, "    and %d more%n", found.size() - MAX_SHOWN));
    }
  }

  private String verdict() {
    return violations() == 0 ? "Clean." : "There " + be() + " " + number(violations()) + ".";
  }

  private String be() {
    return violations() == 1 ? "is" : "are";
  }

  private static String number(long violations) {
    return violations == 1 ? "1 violation" : violations + " violations";
  }

  /** The report as JSON, with the ids of the first violations of each invariant. */
  public String json() {
    var report = JsonNodeFactory.instance.objectNode();
    report.put("clean", violations() == 0);
    report.put("waitedMillis", waited.toMillis());
    var invariants = report.putArray("invariants");
    findings.forEach(
        (invariant, finding) -> {
          var row = invariants.addObject();
          row.put("invariant", invariant.name());
          row.put("says", invariant.text());
          row.put("rows", finding.rows());
          row.put("violations", finding.violations().size());
          putFirst(row, finding.violations());
        });
    putFirst(report.putObject("parked").put("events", parked.size()), parked);
    putFirst(report.putObject("discarded").put("events", discarded.size()), discarded);
    return report.toPrettyString();
  }

  private static void putFirst(ObjectNode row, Map<String, String> found) {
    var first = row.putArray("first");
    found.entrySet().stream()
        .limit(MAX_SHOWN)
        .forEach(it -> first.addObject().put("id", it.getKey()).put("what", it.getValue()));
  }

  /** Rounded up, so that a short wait does not show as 0 s. */
  private long seconds() {
    return (waited.toMillis() + 999) / 1000;
  }
}
