package org.tradepost.benchmarks.measure;

import java.util.Map;
import java.util.Optional;

/**
 * The result of one round of one side.
 *
 * @param value what is compared
 * @param load the whole result, if the round was a load
 * @param cpuMicros processor time per request, by process; empty if unknown
 * @param allocatedKib allocation per request, by JVM, where known
 * @param settledSeconds how long work continued after the last response
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
