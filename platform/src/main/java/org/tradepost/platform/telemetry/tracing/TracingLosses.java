package org.tradepost.platform.telemetry.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;

/** Reads what the SDK counts of its own spans: those that wait, and those that were lost. */
final class TracingLosses implements MetricReader {

  private static final AttributeKey<Boolean> DROPPED = AttributeKey.booleanKey("dropped");
  private static final AttributeKey<Boolean> SUCCESS = AttributeKey.booleanKey("success");

  private volatile CollectionRegistration sdk = CollectionRegistration.noop();

  /**
   * The spans that wait, as {@code waiting}; those for which the queue had no room, as {@code
   * dropped}; and those that the collector did not take, as {@code failed}.
   */
  Map<String, Object> queue() {
    var all = sdk.collectAllMetrics();
    return Map.of(
        "waiting", sum(all, "queueSize", any -> true),
        "dropped", sum(all, "processedSpans", of -> Boolean.TRUE.equals(of.get(DROPPED))),
        "failed", sum(all, "otlp.exporter.exported", of -> Boolean.FALSE.equals(of.get(SUCCESS))));
  }

  private static long sum(
      Collection<MetricData> all, String name, Predicate<Attributes> attributes) {
    return all.stream()
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
