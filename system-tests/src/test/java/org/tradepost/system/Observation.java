package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The outcomes of all requests sent in a period.
 *
 * @param since when the period began, by {@link System#nanoTime}
 */
record Observation(long since, List<Outcome> outcomes) {

  private static final double NEARLY_ALL = 0.99;

  /** How long a fault may affect all requests. */
  static final Duration GRACE = Duration.ofSeconds(2);

  Observation of(RequestKind kind) {
    return only(outcome -> outcome.kind() == kind);
  }

  Observation without(Set<RequestKind> kinds) {
    return only(outcome -> !kinds.contains(outcome.kind()));
  }

  /** The requests sent after that much of the period had passed. */
  Observation after(Duration passed) {
    return only(outcome -> outcome.sent() - since >= passed.toNanos());
  }

  private Observation only(Predicate<Outcome> condition) {
    return new Observation(since, outcomes.stream().filter(condition).toList());
  }

  long failed() {
    return outcomes.stream().filter(Outcome::failed).count();
  }

  /** The share of requests that succeeded, between 0 and 1. */
  double success() {
    return outcomes.isEmpty() ? 1 : 1 - (double) failed() / outcomes.size();
  }

  /** From the beginning until the last failure was known; zero if there was none. */
  Duration outage() {
    var end = outcomes.stream().filter(Outcome::failed).mapToLong(Outcome::ended).max();
    return Duration.ofNanos(end.orElse(since) - since);
  }

  /** How many failed of how many. */
  String share() {
    return String.format(Locale.ROOT, "%,d of %,d", failed(), outcomes.size());
  }

  /**
   * Asserts that what does not depend on the broken part is served, and that no failure is
   * misreported.
   */
  Observation assertContained(Set<RequestKind> dependent) {
    without(dependent).assertServed(GRACE);
    assertThat(outcomes).as(failuresBySecond()).noneMatch(Outcome::misleads);
    return this;
  }

  /** Asserts that nearly all requests succeeded that were sent after that time. */
  void assertServed(Duration passed) {
    assertThat(after(passed).success())
        .as("what succeeded from %s on; failures:\n%s", passed, failuresBySecond())
        .isGreaterThanOrEqualTo(NEARLY_ALL);
  }

  /** A line for each second in which something failed: what, with which status, how often. */
  String failuresBySecond() {
    var seconds =
        outcomes.stream()
            .filter(Outcome::failed)
            .collect(
                Collectors.groupingBy(
                    outcome -> (outcome.sent() - since) / 1_000_000_000,
                    TreeMap::new,
                    Collectors.groupingBy(
                        outcome -> outcome.kind() + " " + outcome.status(),
                        TreeMap::new,
                        Collectors.counting())));
    var lines = new StringBuilder();
    seconds.forEach((second, failures) -> lines.append(second + " s " + failures + "\n"));
    return lines.toString();
  }
}
