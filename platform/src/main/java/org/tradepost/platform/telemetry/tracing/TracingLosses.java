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
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Counts spans that wait and spans that were lost. The SDK counts those that wait and those dropped
 * from a full queue; failed exports are counted here, for any exporter.
 */
public final class TracingLosses implements MetricReader {

  private static final AttributeKey<Boolean> DROPPED = AttributeKey.booleanKey("dropped");

  private final int maxWaiting;
  private final LongAdder failed = new LongAdder();
  private volatile CollectionRegistration sdk = CollectionRegistration.noop();

  /**
   * @param maxWaiting how many spans may wait
   */
  TracingLosses(int maxWaiting) {
    this.maxWaiting = maxWaiting;
  }

  /** How many spans wait. */
  public long waiting() {
    return sum("queueSize", any -> true);
  }

  /** How many spans may wait. */
  public int maxWaiting() {
    return maxWaiting;
  }

  /** How many spans the queue had no room for. */
  public long dropped() {
    return sum("processedSpans", of -> Boolean.TRUE.equals(of.get(DROPPED)));
  }

  /** How many spans the receiver did not accept. */
  public long failed() {
    return failed.sum();
  }

  /** Wraps an exporter to count its failures. */
  SpanExporter counting(SpanExporter exporter) {
    return new Counting(exporter, failed);
  }

  private record Counting(SpanExporter exporter, LongAdder failed) implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      // The SDK may empty the collection before the result is known.
      var sent = spans.size();
      var result = exporter.export(spans);
      return result.whenComplete(
          () -> {
            if (!result.isSuccess()) {
              failed.add(sent);
            }
          });
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
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
