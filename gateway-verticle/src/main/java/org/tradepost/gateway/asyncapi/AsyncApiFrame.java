package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tradepost.gateway.connection.HttpError;
import org.tradepost.gateway.openapi.KnownProblems;
import org.tradepost.gateway.routing.SharedComponents;

/** What every AsyncAPI document has, whatever services there are. */
final class AsyncApiFrame {

  /** The statuses of what is refused for its HTTP, so that no message on the bus carries it. */
  private static final Set<String> OF_HTTP =
      Stream.of(HttpError.values())
          .map(code -> Integer.toString(code.status()))
          .collect(Collectors.toUnmodifiableSet());

  private static final ObjectNode FRAME =
      (ObjectNode) SharedComponents.yaml("/asyncapi/frame.yaml");

  private AsyncApiFrame() {}

  /** The document without services, for the caller to fill. */
  static ObjectNode document() {
    return FRAME.deepCopy().without("components");
  }

  /** The components that it brings, with an example of each refusal. */
  static JsonNode components(KnownProblems problems) {
    var components = FRAME.path("components").deepCopy();
    var examples = ((ObjectNode) components.at("/messages/bus.failure")).putArray("examples");
    for (var code : problems.codes()) {
      var failure = problems.failure(code);
      examples
          .addObject()
          .put("name", code)
          .put("summary", failure.path("title").asText())
          .set("payload", failure);
    }
    return components;
  }

  /** A schema, for the caller to fill. */
  static ObjectNode schema(String name) {
    return FRAME.path("components").path("schemas").path(name).deepCopy();
  }

  /** Whether a refusal over the bus may have a status of HTTP. */
  static boolean isStatus(String status) {
    return (status.startsWith("4") || status.startsWith("5")) && !OF_HTTP.contains(status);
  }
}
