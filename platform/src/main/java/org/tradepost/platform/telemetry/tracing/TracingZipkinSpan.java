package org.tradepost.platform.telemetry.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A span in version 2 of Zipkin's JSON format, which has no links and no event attributes: they
 * become text.
 *
 * @param timestamp when it began, in microseconds since 1970
 * @param duration in microseconds
 */
record TracingZipkinSpan(
    String traceId,
    String id,
    String parentId,
    String name,
    String kind,
    long timestamp,
    long duration,
    Endpoint localEndpoint,
    List<Annotation> annotations,
    Map<String, String> tags) {

  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> NODE = AttributeKey.stringKey("service.instance.id");

  /** The service that created the span. */
  record Endpoint(String serviceName) {}

  /** An event during the span. */
  record Annotation(long timestamp, String value) {}

  static TracingZipkinSpan of(SpanData span) {
    var began = micros(span.getStartEpochNanos());
    var parent = span.getParentSpanId();
    return new TracingZipkinSpan(
        span.getTraceId(),
        span.getSpanId(),
        SpanId.isValid(parent) ? parent : null,
        span.getName(),
        span.getKind() == SpanKind.INTERNAL ? null : span.getKind().name(),
        began,
        Math.max(1, micros(span.getEndEpochNanos()) - began),
        new Endpoint(span.getResource().getAttribute(SERVICE)),
        span.getEvents().stream().map(TracingZipkinSpan::annotation).toList(),
        tags(span));
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }

  private static Annotation annotation(EventData event) {
    var attributes = texts(event.getAttributes());
    var text = attributes.isEmpty() ? "" : " " + attributes;
    return new Annotation(micros(event.getEpochNanos()), event.getName() + text);
  }

  private static Map<String, String> tags(SpanData span) {
    var tags = texts(span.getAttributes());
    tags.put("service.instance.id", span.getResource().getAttribute(NODE));
    if (tags.containsKey("error.type")) {
      // Zipkin recognizes a failure by this tag.
      tags.put("error", tags.get("error.type"));
    }
    if (!span.getLinks().isEmpty()) {
      tags.put(
          "links",
          String.join(" ", span.getLinks().stream().map(TracingZipkinSpan::text).toList()));
    }
    return tags;
  }

  private static String text(LinkData link) {
    return link.getSpanContext().getTraceId() + "/" + link.getSpanContext().getSpanId();
  }

  private static Map<String, String> texts(Attributes attributes) {
    var texts = new TreeMap<String, String>();
    attributes.forEach((key, value) -> texts.put(key.getKey(), value.toString()));
    return texts;
  }
}
