package org.tradepost.platform.telemetry.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;
import org.tradepost.common.error.Failure;

/** The requests for one operation: how many, how long each took, and their errors by code. */
public final class OperationMetrics {

  /** The upper bounds of the buckets of durations. */
  static final Duration[] BUCKETS =
      DoubleStream.of(1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
          .mapToObj(millis -> Duration.ofNanos((long) (millis * 1_000_000)))
          .toArray(Duration[]::new);

  /** More than any service has; without a limit, endless codes could fill the memory. */
  private static final int MAX_CODES = 100;

  private static final String OTHER = "OTHER";

  private final Metrics metrics;
  private final String errorsName;
  private final Tags labels;
  private final Timer durations;
  private final Map<String, Counter> errors = new ConcurrentHashMap<>();

  OperationMetrics(Metrics metrics, String name, Tags labels) {
    this.metrics = metrics;
    this.errorsName = name + MetricNames.ERRORS;
    this.labels = labels;
    this.durations =
        Timer.builder(name + MetricNames.DURATION)
            .description("How long requests took, whatever their outcome")
            .tags(labels)
            .serviceLevelObjectives(BUCKETS)
            .register(metrics.registry());
  }

  /**
   * Records a request that ends now.
   *
   * @param startedAt when it began, by {@link System#nanoTime}
   * @param traceparent its trace context as received, or null; an exemplar may refer to it
   */
  public void succeeded(long startedAt, String traceparent) {
    metrics.trace().record(durations, System.nanoTime() - startedAt, traceparent);
  }

  /** Records a request that was rejected or failed; see {@link #succeeded}. */
  public void failed(long startedAt, String traceparent, Failure failure) {
    succeeded(startedAt, traceparent);
    var known = errors.get(failure.code());
    (known == null ? newError(failure) : known).increment();
  }

  private Counter newError(Failure failure) {
    var code = errors.size() < MAX_CODES ? failure.code() : OTHER;
    return errors.computeIfAbsent(
        code,
        first ->
            metrics.counter(
                errorsName,
                "Requests that were rejected or failed",
                labels.and("code", code, "status", Integer.toString(failure.status()))));
  }
}
