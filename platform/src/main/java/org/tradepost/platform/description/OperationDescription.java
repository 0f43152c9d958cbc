package org.tradepost.platform.description;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One operation of an API description: an HTTP method on a path, and the address on the bus that
 * serves it.
 *
 * @param address the address on the bus ({@code x-operation})
 * @param method the HTTP method, in upper case
 * @param path the path template, as {@code /v1/orders/{id}}
 * @param parameters the parameters in path, query and header
 * @param bodyTypes the content types of the body and the JSON pointers of their schemas; empty when
 *     it takes no body
 * @param bodyRequired whether a body is required
 * @param authentication whether a token is needed
 * @param roles the roles of which the caller needs one; empty when any account will do
 * @param repetition when it may be sent again ({@code x-idempotent})
 * @param cacheSeconds for how long the gateway may answer from its cache ({@code x-cache}), 0 for
 *     never
 * @param priority how important it is under overload ({@code x-priority}, {@code new} by default)
 * @param clientLimit how many requests one client may have in flight at one gateway, for this and
 *     the service's other operations with such a limit ({@code x-client-limit}), 0 for any number
 * @param clientAddress whether it receives the client's address ({@code x-client-address})
 * @param status the HTTP status of success
 * @param responseHeaders the header fields that success may carry, in lower case
 * @param responseType the content type of success, empty when it has no body
 */
public record OperationDescription(
    String address,
    String method,
    String path,
    List<ParameterDescription> parameters,
    Map<String, String> bodyTypes,
    boolean bodyRequired,
    Authentication authentication,
    Set<String> roles,
    Repetition repetition,
    int cacheSeconds,
    Priority priority,
    int clientLimit,
    boolean clientAddress,
    int status,
    Set<String> responseHeaders,
    String responseType) {

  private static final Pattern UTF_8 = Pattern.compile("charset=(\"?)utf-?8\\1");

  static OperationDescription read(
      ApiDescription description, String path, String method, JsonNode pathItem) {
    var node = pathItem.path(method);
    var pointer = JsonPointer.empty().appendProperty("paths").appendProperty(path) + "/";
    var parameters = new ArrayList<ParameterDescription>();
    readParameters(description, pathItem, pointer + "parameters/", parameters);
    readParameters(description, node, pointer + method + "/parameters/", parameters);

    var body = description.resolve(node.path("requestBody"));
    var bodyPointer =
        node.path("requestBody").has("$ref")
            ? node.path("requestBody").path("$ref").asText().substring(1)
            : pointer + method + "/requestBody";
    var bodyTypes = new LinkedHashMap<String, String>();
    for (var content : body.path("content").properties()) {
      bodyTypes.put(
          content.getKey(),
          bodyPointer + "/content/" + content.getKey().replace("/", "~1") + "/schema");
    }

    var success = success(node, method + " " + path);
    var response = description.resolve(success.getValue());
    var responseHeaders = new TreeSet<String>();
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(name -> responseHeaders.add(name.toLowerCase(Locale.ROOT)));
    var responseTypes = response.path("content").properties();

    var security =
        node.has("security") ? node.path("security") : description.document().path("security");
    var authentication = Authentication.read(security);
    return new OperationDescription(
        ApiDescription.required(node, "x-operation"),
        method.toUpperCase(Locale.ROOT),
        path,
        List.copyOf(parameters),
        bodyTypes,
        body.path("required").asBoolean(),
        authentication,
        roles(security, authentication),
        Repetition.of(node.path("x-idempotent").asText(Boolean.toString(method.equals("get")))),
        positiveInt(node, "x-cache"),
        Priority.read(node.path("x-priority").asText("new")),
        positiveInt(node, "x-client-limit"),
        node.path("x-client-address").asBoolean(),
        Integer.parseInt(success.getKey()),
        responseHeaders,
        responseTypes.isEmpty() ? "" : responseTypes.iterator().next().getKey());
  }

  /** When an operation may be sent again. */
  public enum Repetition {
    /** Never: a repeated request gets a different answer. */
    NEVER,
    /** When the instance that received it is gone; too expensive to repeat if it is merely late. */
    WHEN_LOST,
    /** When no reply has come for a while. */
    WHEN_LATE;

    private static Repetition of(String text) {
      return switch (text) {
        case "false" -> NEVER;
        case "when-lost" -> WHEN_LOST;
        case "true" -> WHEN_LATE;
        default -> throw new IllegalArgumentException("x-idempotent is " + text);
      };
    }
  }

  /** Whether a valid token is needed. */
  public boolean authenticated() {
    return authentication == Authentication.REQUIRED;
  }

  /** Whether it does no harm to send it again. */
  public boolean idempotent() {
    return repetition != Repetition.NEVER;
  }

  /**
   * Whether its body may have the given content type. If there is a charset parameter, it must be
   * UTF-8, the encoding of JSON (RFC 8259); other parameters are ignored.
   */
  public boolean takes(String contentType) {
    var parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    return bodyTypes.containsKey(parts[0].trim())
        && Arrays.stream(parts)
            .skip(1)
            .map(String::trim)
            .filter(part -> part.startsWith("charset"))
            .allMatch(UTF_8.asMatchPredicate());
  }

  /** Reads a whole number above 0; 0 if it is absent. */
  private static int positiveInt(JsonNode node, String extension) {
    var value = node.path(extension);
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.isInt() || value.asInt() < 1) {
      throw new IllegalArgumentException(extension + " is " + value);
    }
    return value.asInt();
  }

  private static void readParameters(
      ApiDescription description,
      JsonNode holder,
      String pointer,
      List<ParameterDescription> into) {
    var index = 0;
    for (var parameter : holder.path("parameters")) {
      into.add(ParameterDescription.read(description, parameter, pointer + index++));
    }
  }

  private static Map.Entry<String, JsonNode> success(JsonNode node, String name) {
    for (var response : node.path("responses").properties()) {
      if (response.getKey().startsWith("2")) {
        return response;
      }
    }
    throw new IllegalArgumentException(name + " has no success response");
  }

  private static Set<String> roles(JsonNode security, Authentication authentication) {
    var roles = new TreeSet<String>();
    for (var requirement : security) {
      for (var scheme : requirement) {
        scheme.forEach(role -> roles.add(role.asText()));
      }
    }
    if (authentication == Authentication.OPTIONAL && !roles.isEmpty()) {
      throw new IllegalArgumentException("security needs roles %s, or no token".formatted(roles));
    }
    return roles;
  }
}
