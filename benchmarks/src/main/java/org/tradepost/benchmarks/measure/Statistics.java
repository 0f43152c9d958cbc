package org.tradepost.benchmarks.measure;

import java.util.Arrays;

/** Statistics of many measurements. */
public final class Statistics {
  private Statistics() {}

  /** The middle value, or the mean of the two middle values; NaN if there are none. */
  public static double median(double... values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    var sorted = values.clone();
    Arrays.sort(sorted);
    var middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The range of the values, as a share of the median. */
  static double spread(double... values) {
    var min = Arrays.stream(values).min().orElse(Double.NaN);
    var max = Arrays.stream(values).max().orElse(Double.NaN);
    return max == min ? 0 : (max - min) / median(values);
  }
}
