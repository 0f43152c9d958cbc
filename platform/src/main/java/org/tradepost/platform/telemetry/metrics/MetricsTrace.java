package org.tradepost.platform.telemetry.metrics;

import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.FastThreadLocal;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.concurrent.TimeUnit;
import org.tradepost.common.bus.TraceHeaders;

/**
 * The trace that an exemplar refers to: that of the request being recorded, if it is sampled. Read
 * only when an exemplar is due, a few times a second at most.
 */
final class MetricsTrace implements SpanContext {

  private final FastThreadLocal<String> current = new FastThreadLocal<>();

  /**
   * Records a duration.
   *
   * @param traceparent the trace context of the request as received, or null
   */
  void record(Timer timer, long nanos, String traceparent) {
    current.set(traceparent);
    timer.record(nanos, TimeUnit.NANOSECONDS);
    current.set(null);
  }

  @Override
  public String getCurrentTraceId() {
    return TraceHeaders.traceId(current.get());
  }

  @Override
  public String getCurrentSpanId() {
    return TraceHeaders.spanId(current.get());
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return TraceHeaders.isSampled(current.get());
  }

  @Override
  public void markCurrentSpanAsExemplar() {
    // Which traces are kept is decided when they begin.
  }
}
