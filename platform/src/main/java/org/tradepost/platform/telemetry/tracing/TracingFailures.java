package org.tradepost.platform.telemetry.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tradepost.common.error.CommonError;

/**
 * Exports the span of a request from outside that failed or was slow, although it was not sampled.
 * By then, what the request caused elsewhere is not known. Rejections under overload are left out:
 * there are too many at once.
 */
final class TracingFailures implements SpanProcessor {

  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_QUEUE_SIZE = 512;

  private SpanProcessor export = SpanProcessor.composite();

  /** Makes the sampler record requests from outside that it would drop. */
  Sampler recording(Sampler sampler) {
    return sampler == Sampler.alwaysOff() ? sampler : new Recording(sampler);
  }

  /**
   * Shares the exporter with all other spans; it is shut down once, after the failures are sent.
   */
  SpanExporter exportingTo(SpanExporter exporter) {
    var failures =
        BatchSpanProcessor.builder(exporter)
            .setExportUnsampledSpans(true)
            .setMaxQueueSize(MAX_QUEUE_SIZE)
            .build();
    export = SpanProcessor.composite(export, failures);
    return new Shared(exporter, failures);
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (!span.getSpanContext().isSampled() && isOfInterest(span)) {
      export.onEnd(span);
    }
  }

  /** Whether an unsampled span would be exported if it ended now. */
  static boolean isOfInterest(ReadableSpan span) {
    var error = span.getAttribute(ERROR);
    return error == null
        ? span.getLatencyNanos() > SLOW_NANOS
        : !error.equals(CommonError.OVERLOADED.name());
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    // Only its end matters.
  }

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public CompletableResultCode shutdown() {
    // Shared shuts the exporters down.
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return export.forceFlush();
  }

  private record Shared(SpanExporter exporter, SpanProcessor failures) implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return exporter.export(spans);
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return failures.shutdown();
    }
  }

  private record Recording(Sampler sampler) implements Sampler {

    @Override
    public SamplingResult shouldSample(
        Context parent,
        String traceId,
        String name,
        SpanKind kind,
        Attributes attributes,
        List<LinkData> links) {
      var result = sampler.shouldSample(parent, traceId, name, kind, attributes, links);
      return kind == SpanKind.SERVER && result.getDecision() == SamplingDecision.DROP
          ? SamplingResult.recordOnly()
          : result;
    }

    @Override
    public String getDescription() {
      return sampler.getDescription();
    }
  }
}
