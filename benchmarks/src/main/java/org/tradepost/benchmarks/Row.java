package org.tradepost.benchmarks;

import java.util.List;

/**
 * One comparison: our own side, a reference, and what is hoped for.
 *
 * @param remarks what else was found out
 */
record Row(String title, Series own, Series reference, Goal goal, List<String> remarks) {
  Row(String title, Series own, Series reference, Goal goal) {
    this(title, own, reference, goal, List.of());
  }

  /** Of the medians, ours to the reference's. */
  double ratio() {
    return own.median() / reference.median();
  }

  String verdict() {
    return goal.verdict(ratio());
  }
}
