package org.tradepost.benchmarks.measure;

import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * The result of a load.
 *
 * @param seconds how long the load lasted
 * @param right how many right answers came in that time
 * @param latencies of the right answers, in microseconds
 * @param wrong how many answers were wrong, or did not come
 * @param faults what was wrong with the first of them
 */
public record LoadResult(
    double seconds, long right, Histogram latencies, long wrong, List<String> faults) {
  /** Both, one after the other; keeps the first faults of each. */
  public LoadResult plus(LoadResult other) {
    var all = latencies.copy();
    all.add(other.latencies);
    return new LoadResult(
        seconds + other.seconds,
        right + other.right,
        all,
        wrong + other.wrong,
        Stream.concat(faults.stream(), other.faults.stream()).toList());
  }

  public double rate() {
    return right / seconds;
  }

  /** The latency, in milliseconds, that so many percent of the right answers had at most. */
  public double millis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1_000.0;
  }
}
