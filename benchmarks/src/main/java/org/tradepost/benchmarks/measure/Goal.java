package org.tradepost.benchmarks.measure;

import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * The goal for a ratio: a lower bound, an upper bound, or none.
 *
 * @param judge says in a word whether a ratio meets the goal
 */
public record Goal(String text, DoubleFunction<String> judge) {
  /** No goal: the row is for comparison only. */
  public static final Goal NONE = new Goal("none", ratio -> "-");

  public static Goal atLeast(double bound) {
    return new Goal(
        String.format(Locale.ROOT, ">= %.2f", bound), ratio -> ratio >= bound ? "yes" : "no");
  }

  public static Goal atMost(double bound) {
    return new Goal(
        String.format(Locale.ROOT, "<= %.2f", bound), ratio -> ratio <= bound ? "yes" : "no");
  }

  /** Whether a ratio meets the goal, as a word. */
  String verdict(double ratio) {
    return judge.apply(ratio);
  }
}
