package org.tradepost.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tradepost.gateway.connection.HttpError;
import org.tradepost.gateway.routing.GatewayDescription;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.description.ParameterDescription;

/**
 * The responses of an operation as a client of the gateway sees them: those of its API description,
 * those for the codes with which the service or the gateway can reject it, and every header field.
 *
 * <p>A component that differs between operations gets a name for each form.
 */
final class PublicResponses {

  /** The extension that holds the HTTP status of a response component. */
  static final String STATUS = "x-status";

  private static final String PREFIX = "#/components/responses/";
  private static final JsonNode SHARED =
      GatewayDescription.DESCRIPTION.document().at("/components/responses");

  /** Sent before it is known which operation is requested. */
  private static final Set<String> BEFORE_ROUTING = Set.of("414", "431", "501", "505");

  private final ObjectNode components = JsonNodeFactory.instance.objectNode();
  private final KnownProblems problems;

  PublicResponses(KnownProblems problems) {
    this.problems = problems;
  }

  /** Returns the response components that operations refer to. */
  ObjectNode components() {
    return JsonNodeFactory.instance.objectNode().set("responses", components);
  }

  /**
   * Returns the responses of an operation.
   *
   * @param node the operation in its API description
   * @param own the response components of its API description
   */
  ObjectNode of(OperationDescription operation, JsonNode node, JsonNode own) {
    var codes = codes(operation, node);
    var statuses = problems.statusesOf(codes);
    if (isConditional(operation)) {
      statuses.add("304");
    }
    var responses = new TreeMap<String, JsonNode>();
    for (var response : SHARED.properties()) {
      var status = response.getValue().path(STATUS).asText();
      if (statuses.contains(status)) {
        responses.put(status, reference(response.getKey()));
      }
    }
    node.path("responses").properties().forEach(r -> responses.put(r.getKey(), r.getValue()));
    responses.replaceAll((status, said) -> describe(operation, status, said, own, codes));
    return JsonNodeFactory.instance.objectNode().setAll(responses);
  }

  private static Set<String> codes(OperationDescription operation, JsonNode node) {
    var codes = Rejections.of(operation, node);
    codes.add("TOO_MANY_REQUESTS");
    Stream.of(HttpError.values()).map(HttpError::name).forEach(codes::add);
    if (operation.bodyTypes().isEmpty()) {
      codes.remove(HttpError.UNSUPPORTED_MEDIA_TYPE.name());
    }
    return codes;
  }

  /** Whether a client that has the current state gets 304 instead of the state. */
  static boolean isConditional(OperationDescription operation) {
    return operation.method().equals("GET") && operation.responseHeaders().contains("etag");
  }

  private JsonNode describe(
      OperationDescription operation,
      String status,
      JsonNode said,
      JsonNode own,
      Set<String> codes) {
    var base = said.path("$ref").asText("");
    var name = new StringBuilder(base.isEmpty() ? "" : base.substring(PREFIX.length()));
    ObjectNode response = (base.isEmpty() ? said : component(name.toString(), own)).deepCopy();
    if (status.startsWith("4") || status.startsWith("5")) {
      problems.show(response, status, codes).forEach(code -> name.append('.').append(code));
    }
    for (var header : special(operation, status)) {
      name.append('.').append(header);
      header(response, header);
    }
    common(status).forEach(header -> header(response, header));
    if (base.isEmpty()) {
      return response;
    }
    components.set(name.toString(), response);
    return reference(name.toString());
  }

  private static JsonNode component(String name, JsonNode own) {
    return SHARED.has(name) ? SHARED.path(name) : own.path(name);
  }

  /** Returns the header fields that only some operations have. */
  private static List<String> special(OperationDescription operation, String status) {
    var headers = new ArrayList<String>();
    if (operation.cacheSeconds() > 0 && (status.startsWith("2") || status.equals("304"))) {
      headers.add("Age");
    }
    if (Set.of("4", "5").contains(status.substring(0, 1))
        && !BEFORE_ROUTING.contains(status)
        && !status.equals("405")) {
      operation.parameters().stream()
          .filter(ParameterDescription::generated)
          .map(ParameterDescription::name)
          .forEach(headers::add);
    }
    return headers;
  }

  private static List<String> common(String status) {
    return BEFORE_ROUTING.contains(status)
        ? List.of("X-Request-Id", "Cache-Control")
        : List.of("X-Request-Id", "Cache-Control", "Vary", "RateLimit", "RateLimit-Policy");
  }

  private static void header(ObjectNode response, String name) {
    var headers = response.withObjectProperty("headers");
    if (!headers.has(name)) {
      headers.putObject(name).put("$ref", "#/components/headers/" + name);
    }
  }

  private static ObjectNode reference(String name) {
    return JsonNodeFactory.instance.objectNode().put("$ref", PREFIX + name);
  }
}
