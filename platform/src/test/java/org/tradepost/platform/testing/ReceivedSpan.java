package org.tradepost.platform.testing;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A span as a collector receives it.
 *
 * @param resource what the node says about itself
 */
public record ReceivedSpan(Map<String, String> resource, Span span) {

  public String service() {
    return resource.get("service.name");
  }

  public String name() {
    return span.getName();
  }

  public String traceId() {
    return hex(span.getTraceId());
  }

  public String id() {
    return hex(span.getSpanId());
  }

  public String parent() {
    return hex(span.getParentSpanId());
  }

  public boolean isIn(String traceId) {
    return traceId().equals(traceId);
  }

  public boolean isChildOf(ReceivedSpan other) {
    return isIn(other.traceId()) && parent().equals(other.id());
  }

  public boolean isLinkedTo(ReceivedSpan other) {
    return span.getLinksList().stream()
        .anyMatch(
            link ->
                hex(link.getTraceId()).equals(other.traceId())
                    && hex(link.getSpanId()).equals(other.id()));
  }

  public Map<String, String> attributes() {
    return attributes(span.getAttributesList());
  }

  /** The attributes of the first event with a name; empty when there is none. */
  public Map<String, String> event(String name) {
    return span.getEventsList().stream()
        .filter(event -> event.getName().equals(name))
        .findFirst()
        .map(event -> attributes(event.getAttributesList()))
        .orElse(Map.of());
  }

  /** The names of its events, in order. */
  public List<String> events() {
    return span.getEventsList().stream().map(Span.Event::getName).toList();
  }

  /** All its content except the ids of traces and spans. */
  String text() {
    var text = span.toBuilder().clearTraceId().clearSpanId().clearParentSpanId();
    text.getLinksBuilderList().forEach(link -> link.clearTraceId().clearSpanId());
    return resource + "\n" + text;
  }

  static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, ReceivedSpan::value));
  }

  private static String value(KeyValue attribute) {
    var value = attribute.getValue();
    return value.hasStringValue() ? value.getStringValue() : Long.toString(value.getIntValue());
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
