package org.tradepost.benchmarks.measure;

import java.util.Locale;

/** What is compared. */
public enum Metric {
  RATE("/s", "%,.0f%s"),
  P50("ms p50", "%.2f %s"),
  P99("ms p99", "%.2f %s"),
  P999("ms p99.9", "%.2f %s"),
  SECONDS("s", "%.2f %s"),
  MEGABYTES("MB", "%.0f %s"),
  COUNT("", "%,.0f%s");

  private final String unit;
  private final String format;

  Metric(String unit, String format) {
    this.unit = unit;
    this.format = format;
  }

  /** The value of this metric for a load. */
  public double of(LoadResult load) {
    return switch (this) {
      case RATE -> load.rate();
      case P50 -> load.millis(50);
      case P99 -> load.millis(99);
      case P999 -> load.millis(99.9);
      case SECONDS, MEGABYTES, COUNT ->
          throw new IllegalArgumentException("not a metric of a load: " + this);
    };
  }

  public String text(double value) {
    return String.format(Locale.ROOT, format, value, unit);
  }
}
