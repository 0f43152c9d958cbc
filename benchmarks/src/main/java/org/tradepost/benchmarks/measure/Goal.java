package org.tradepost.benchmarks.measure;

import java.util.Locale;

/** The goal for a ratio: a lower bound, an upper bound, or none. */
public record Goal(Kind kind, double bound) {
  /** No goal: the row is for comparison only. */
  public static final Goal NONE = new Goal(Kind.NONE, Double.NaN);

  enum Kind {
    AT_LEAST,
    AT_MOST,
    NONE
  }

  public static Goal atLeast(double bound) {
    return new Goal(Kind.AT_LEAST, bound);
  }

  public static Goal atMost(double bound) {
    return new Goal(Kind.AT_MOST, bound);
  }

  public String text() {
    return switch (kind) {
      case AT_LEAST -> String.format(Locale.ROOT, ">= %.2f", bound);
      case AT_MOST -> String.format(Locale.ROOT, "<= %.2f", bound);
      case NONE -> "none";
    };
  }

  /** Whether a ratio meets the goal, as a word. */
  String verdict(double ratio) {
    return switch (kind) {
      case AT_LEAST -> ratio >= bound ? "yes" : "no";
      case AT_MOST -> ratio <= bound ? "yes" : "no";
      case NONE -> "-";
    };
  }
}
