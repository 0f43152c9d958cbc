package org.tradepost.benchmarks.measure;

import java.util.List;

/**
 * One comparison: our own side, a reference, and the goal.
 *
 * @param remarks other findings
 */
public record Comparison(
    String title, Series own, Series reference, Goal goal, List<String> remarks) {
  public Comparison(String title, Series own, Series reference, Goal goal) {
    this(title, own, reference, goal, List.of());
  }

  /** The ratio of our median to the reference's. */
  public double ratio() {
    return own.median() / reference.median();
  }

  public String verdict() {
    return goal.verdict(ratio());
  }
}
