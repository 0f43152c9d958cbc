package org.tradepost.benchmarks.measure;

import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * The result of a load.
 *
 * @param seconds how long the load lasted
 * @param correct how many correct responses arrived in that time
 * @param latencies of the correct responses, in microseconds
 * @param failed how many responses were wrong or missing
 * @param faults what was wrong with the first of those
 */
public record LoadResult(
    double seconds, long correct, Histogram latencies, long failed, List<String> faults) {
  /** Combines two loads, as if one followed the other; keeps the first faults of each. */
  public LoadResult plus(LoadResult other) {
    var all = latencies.copy();
    all.add(other.latencies);
    return new LoadResult(
        seconds + other.seconds,
        correct + other.correct,
        all,
        failed + other.failed,
        Stream.concat(faults.stream(), other.faults.stream()).toList());
  }

  public double rate() {
    return correct / seconds;
  }

  /** The latency at a percentile of the correct responses, in milliseconds. */
  public double millis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1_000.0;
  }
}
