package org.tradepost.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** All rounds of one side. */
public record Series(String name, Metric metric, List<Sample> samples) {

  /** One round, of which only the value is known. */
  public static Series one(String name, Metric metric, double value) {
    return new Series(name, metric, List.of(Sample.of(value)));
  }

  public double median() {
    return Statistics.median(samples.stream().mapToDouble(Sample::value).toArray());
  }

  public String text() {
    return metric.text(median());
  }

  /** From the least to the greatest, in percent of the median. */
  public String spread() {
    double[] values = samples.stream().mapToDouble(Sample::value).toArray();
    return String.format(Locale.ROOT, "%.0f %%", 100 * Statistics.spread(values));
  }

  /** All latencies together, if there are any. */
  public Optional<Histogram> latencies() {
    return samples.stream()
        .flatMap(sample -> sample.load().stream())
        .map(LoadResult::latencies)
        .reduce(
            (one, other) -> {
              Histogram both = one.copy();
              both.add(other);
              return both;
            });
  }

  /** p50, p99 and p99.9 in milliseconds. */
  public String percentiles() {
    return latencies()
        .map(
            all ->
                String.format(
                    Locale.ROOT,
                    "%.2f / %.2f / %.2f",
                    all.getValueAtPercentile(50) / 1e3,
                    all.getValueAtPercentile(99) / 1e3,
                    all.getValueAtPercentile(99.9) / 1e3))
        .orElse("");
  }

  /** The median of each process, in microseconds a request. */
  public String cpuText() {
    return medians(Sample::cpuMicros, "%s %.0f");
  }

  /** The median of each JVM, in KiB a request. */
  public String allocationText() {
    return medians(Sample::allocatedKib, "%s %.1f");
  }

  private String medians(Function<Sample, Map<String, Double>> values, String format) {
    Map<String, List<Double>> byProcess = new TreeMap<>();
    for (Sample sample : samples) {
      values
          .apply(sample)
          .forEach(
              (name, one) -> byProcess.computeIfAbsent(name, key -> new ArrayList<>()).add(one));
    }
    return byProcess.entrySet().stream()
        .map(
            entry -> {
              double[] all = entry.getValue().stream().mapToDouble(Double::doubleValue).toArray();
              return String.format(Locale.ROOT, format, entry.getKey(), Statistics.median(all));
            })
        .collect(Collectors.joining(", "));
  }

  /** How many answers were wrong in all rounds. */
  long wrong() {
    return samples.stream()
        .flatMap(sample -> sample.load().stream())
        .mapToLong(LoadResult::wrong)
        .sum();
  }

  Optional<String> firstFault() {
    return samples.stream()
        .flatMap(sample -> sample.load().stream())
        .flatMap(load -> load.faults().stream())
        .findFirst();
  }

  /** The rate when the time of the work after the responses is counted too. */
  public Optional<Double> settledRate() {
    if (samples.stream().noneMatch(sample -> sample.settledSeconds() > 0)) {
      return Optional.empty();
    }
    return Optional.of(
        Statistics.median(
            samples.stream()
                .filter(sample -> sample.load().isPresent())
                .mapToDouble(
                    sample -> {
                      LoadResult load = sample.load().get();
                      return load.right() / (load.seconds() + sample.settledSeconds());
                    })
                .toArray()));
  }
}
