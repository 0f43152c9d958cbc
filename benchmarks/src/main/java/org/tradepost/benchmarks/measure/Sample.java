package org.tradepost.benchmarks.measure;

import java.util.Map;
import java.util.Optional;

/**
 * The result of one round of one side.
 *
 * @param value what is compared
 * @param load all of it, when it was a load
 * @param cpuMicros a request, of each process; empty where it is not known
 * @param allocatedKib a request, of each JVM of which it is known
 * @param settledSeconds for how long work went on after the last answer, if it did
 */
public record Sample(
    double value,
    Optional<LoadResult> load,
    Map<String, Double> cpuMicros,
    Map<String, Double> allocatedKib,
    double settledSeconds) {

  public static Sample of(Metric metric, LoadResult load) {
    return new Sample(metric.of(load), Optional.of(load), Map.of(), Map.of(), 0);
  }

  public static Sample of(double value) {
    return new Sample(value, Optional.empty(), Map.of(), Map.of(), 0);
  }
}
