package org.tradepost.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tradepost.gateway.routing.SharedComponents;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.description.ParameterDescription;

/**
 * What an operation answers as a client of the gateway sees it: the responses of its API
 * description, those that are the gateway's own, of each problem only the codes that the operation
 * can give, and every header field.
 *
 * <p>A component that comes out differently for some operations gets another name for each form.
 */
final class PublicResponses {

  static final String REFUSALS = "x-refusals";

  private static final String PREFIX = "#/components/responses/";

  /** Given before it is known what is asked for. */
  private static final Map<String, String> UNREAD =
      Map.of(
          "414", "UriTooLong",
          "431", "HeadersTooLarge",
          "501", "NotImplemented",
          "505", "HttpVersionNotSupported");

  /** What every operation may answer. */
  private static final Map<String, String> COMMON =
      Map.of(
          "400", "BadRequest",
          "405", "MethodNotAllowed",
          "408", "RequestTimeout",
          "413", "PayloadTooLarge",
          "429", "TooManyRequests",
          "500", "Internal",
          "503", "Unavailable");

  private final ObjectNode components = JsonNodeFactory.instance.objectNode();
  private final KnownProblems problems;

  PublicResponses(KnownProblems problems) {
    this.problems = problems;
  }

  /** The responses that operations refer to. */
  ObjectNode components() {
    return JsonNodeFactory.instance.objectNode().set("responses", components);
  }

  /**
   * The responses of an operation.
   *
   * @param node the operation, with the security that holds for it
   * @param own the responses among the components of its API description
   */
  ObjectNode of(OperationDescription operation, JsonNode node, JsonNode own) {
    var codes = new AnswerableCodes(operation, node, problems);
    var responses = new TreeMap<String, JsonNode>();
    UNREAD.forEach((status, name) -> responses.put(status, reference(name)));
    COMMON.forEach((status, name) -> responses.put(status, reference(name)));
    if (!operation.bodyTypes().isEmpty()) {
      responses.put("415", reference("UnsupportedMediaType"));
    }
    if (!operation.roles().isEmpty()) {
      responses.put("403", reference("Forbidden"));
    }
    if (isConditional(operation)) {
      responses.put("304", reference("NotModified"));
    }
    node.path("responses").properties().forEach(r -> responses.put(r.getKey(), r.getValue()));
    if (codes.haveStatus(401)) {
      responses.putIfAbsent("401", reference("Unauthenticated"));
    } else {
      responses.remove("401");
    }
    responses.replaceAll((status, said) -> describe(operation, status, said, own, codes));
    return JsonNodeFactory.instance.objectNode().setAll(responses);
  }

  /** Whether a client that knows the present state is told so instead of getting it again. */
  static boolean isConditional(OperationDescription operation) {
    return operation.method().equals("GET") && operation.responseHeaders().contains("etag");
  }

  private JsonNode describe(
      OperationDescription operation,
      String status,
      JsonNode said,
      JsonNode own,
      AnswerableCodes codes) {
    var base = said.path("$ref").asText("");
    var name = new StringBuilder(base.isEmpty() ? "" : base.substring(PREFIX.length()));
    ObjectNode response = (base.isEmpty() ? said : component(name.toString(), own)).deepCopy();
    if (status.startsWith("4") || status.startsWith("5")) {
      codes.show(response, status).forEach(code -> name.append('.').append(code));
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
    return SharedComponents.contain("responses", name)
        ? SharedComponents.all().path("responses").path(name)
        : own.path(name);
  }

  /** The header fields that only some operations have. */
  private static List<String> special(OperationDescription operation, String status) {
    var headers = new ArrayList<String>();
    if (operation.cacheSeconds() > 0 && (status.startsWith("2") || status.equals("304"))) {
      headers.add("Age");
    }
    if (Set.of("4", "5").contains(status.substring(0, 1))
        && !UNREAD.containsKey(status)
        && !status.equals("405")) {
      operation.parameters().stream()
          .filter(ParameterDescription::generated)
          .map(ParameterDescription::name)
          .forEach(headers::add);
    }
    return headers;
  }

  private static List<String> common(String status) {
    return UNREAD.containsKey(status)
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
