package org.tradepost.platform.telemetry.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.function.Predicate;

/** Reads what the SDK counts of its own spans: those that wait, and those that were lost. */
public final class TracingLosses implements MetricReader {

  private static final AttributeKey<Boolean> DROPPED = AttributeKey.booleanKey("dropped");
  private static final AttributeKey<Boolean> SUCCESS = AttributeKey.booleanKey("success");

  private final int most;
  private volatile CollectionRegistration sdk = CollectionRegistration.noop();

  /**
   * @param most how many spans may wait
   */
  TracingLosses(int most) {
    this.most = most;
  }

  /** The spans that wait. */
  public long waiting() {
    return sum("queueSize", any -> true);
  }

  /** How many may. */
  public int most() {
    return most;
  }

  /** Those for which the queue had no room. */
  public long dropped() {
    return sum("processedSpans", of -> Boolean.TRUE.equals(of.get(DROPPED)));
  }

  /** Those that the receiver did not take. */
  public long failed() {
    return sum("otlp.exporter.exported", of -> Boolean.FALSE.equals(of.get(SUCCESS)));
  }

  private long sum(String name, Predicate<Attributes> attributes) {
    return sdk.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .flatMap(metric -> metric.getData().getPoints().stream())
        .filter(point -> attributes.test(point.getAttributes()))
        .mapToLong(TracingLosses::value)
        .sum();
  }

  private static long value(PointData point) {
    return point instanceof LongPointData number ? number.getValue() : 0;
  }

  @Override
  public void register(CollectionRegistration registration) {
    sdk = registration;
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
    return AggregationTemporality.CUMULATIVE;
  }

  @Override
  public CompletableResultCode forceFlush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
