package org.tradepost.benchmarks;

/** One comparison: our own side, a reference, and what is hoped for. */
record Row(String title, Series own, Series reference, Goal goal) {
  /** Of the medians, ours to the reference's. */
  double ratio() {
    return own.median() / reference.median();
  }

  boolean isMet() {
    return goal.isMetBy(ratio());
  }
}
