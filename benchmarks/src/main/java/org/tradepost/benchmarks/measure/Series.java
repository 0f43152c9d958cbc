package org.tradepost.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  /** The range of the values, in percent of the median. */
  public String spread() {
    var values = samples.stream().mapToDouble(Sample::value).toArray();
    return String.format(Locale.ROOT, "%.0f %%", 100 * Statistics.spread(values));
  }

  /** All loads combined, if the rounds were loads. */
  public Optional<LoadResult> load() {
    return samples.stream().flatMap(sample -> sample.load().stream()).reduce(LoadResult::plus);
  }

  /** p50, p99 and p99.9 in milliseconds. */
  public String percentiles() {
    return load()
        .map(
            all ->
                String.format(
                    Locale.ROOT,
                    "%.2f / %.2f / %.2f",
                    all.millis(50),
                    all.millis(99),
                    all.millis(99.9)))
        .orElse("");
  }

  /** The median processor time of each process, in microseconds per request. */
  public String cpuText() {
    return medians(Sample::cpuMicros, "%s %.0f");
  }

  /** The median allocation of each JVM, in KiB per request. */
  public String allocationText() {
    return medians(Sample::allocatedKib, "%s %.1f");
  }

  private String medians(Function<Sample, Map<String, Double>> values, String format) {
    var byProcess = new TreeMap<String, List<Double>>();
    for (var sample : samples) {
      values
          .apply(sample)
          .forEach(
              (name, one) -> byProcess.computeIfAbsent(name, key -> new ArrayList<>()).add(one));
    }
    return byProcess.entrySet().stream()
        .map(
            entry -> {
              var all = entry.getValue().stream().mapToDouble(Double::doubleValue).toArray();
              return String.format(Locale.ROOT, format, entry.getKey(), Statistics.median(all));
            })
        .collect(Collectors.joining(", "));
  }

  /** The rate if the time of the work after the responses counts too. */
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
                      var load = sample.load().get();
                      return load.correct() / (load.seconds() + sample.settledSeconds());
                    })
                .toArray()));
  }
}
