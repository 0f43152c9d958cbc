package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.gateway.routing.SharedComponents;

/** What every AsyncAPI document has, whatever services there are. */
final class AsyncApiFrame {

  /** What is refused where HTTP ends, so that no message on the bus ever carries it. */
  private static final Set<ErrorCode> OF_HTTP =
      EnumSet.of(
          ErrorCode.METHOD_NOT_ALLOWED,
          ErrorCode.REQUEST_TIMEOUT,
          ErrorCode.PAYLOAD_TOO_LARGE,
          ErrorCode.URI_TOO_LONG,
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          ErrorCode.HEADERS_TOO_LARGE,
          ErrorCode.NOT_IMPLEMENTED,
          ErrorCode.HTTP_VERSION_NOT_SUPPORTED);

  private static final Set<String> STATUSES =
      EnumSet.complementOf(EnumSet.copyOf(OF_HTTP)).stream()
          .map(code -> Integer.toString(code.status()))
          .collect(Collectors.toUnmodifiableSet());

  private static final ObjectNode FRAME = load();

  private AsyncApiFrame() {}

  /** The document without services, for the caller to fill. */
  static ObjectNode document() {
    return FRAME.deepCopy().without("components");
  }

  /** The components that it brings. Not to be changed. */
  static JsonNode components() {
    return FRAME.path("components");
  }

  /** A schema, for the caller to fill. */
  static ObjectNode schema(String name) {
    return FRAME.path("components").path("schemas").path(name).deepCopy();
  }

  /** Whether a refusal over the bus may have a status of HTTP. */
  static boolean isStatus(String status) {
    return STATUSES.contains(status);
  }

  private static ObjectNode load() {
    var frame = (ObjectNode) SharedComponents.yaml("/asyncapi/frame.yaml");
    var failure = (ObjectNode) frame.at("/components/messages/bus.failure");
    var examples = failure.putArray("examples");
    for (var code : EnumSet.complementOf(EnumSet.copyOf(OF_HTTP))) {
      var example = examples.addObject().put("name", code.name()).put("summary", code.title());
      example
          .putObject("payload")
          .put("code", code.name())
          .put("status", code.status())
          .put("title", code.title())
          .put("detail", code.title());
    }
    return frame;
  }
}
