package org.tradepost.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tradepost.common.face.Face;
import org.tradepost.common.face.FaceOperation;

/**
 * Merges faces into one OpenAPI document for the public: sorted, without what ties it to the bus,
 * with the refusals that are the gateway's own, and with no component that nothing refers to.
 */
final class FaceMerge {

  private static final List<String> TIES =
      List.of(
          "x-operation",
          "x-cache",
          "x-idempotent",
          "x-priority",
          "x-client-limit",
          "x-client-address",
          "x-missing",
          "x-generate",
          "x-service");

  /** Where the path within the components begins in a reference. */
  private static final int SHARED = "#/components".length();

  private final ObjectNode document = JsonNodeFactory.instance.objectNode();
  private final Map<String, JsonNode> paths = new TreeMap<>();
  private final Map<String, JsonNode> tags = new TreeMap<>();
  private final ComponentPool pool = new ComponentPool();

  ObjectNode merge(Collection<Face> faces) {
    pool.add(SharedComponents.all());
    faces.forEach(this::add);
    document.put("openapi", "3.1.0");
    document.set("info", info(faces));
    document.putArray("servers").addObject().put("url", "/");
    tags.values().forEach(document.putArray("tags")::add);
    document.putObject("paths").setAll(paths);
    document.set("components", pool.usedBy(paths.values()));
    removeTies(document);
    return document;
  }

  private void add(Face face) {
    var source = face.document();
    source.path("tags").forEach(tag -> tags.putIfAbsent(tag.path("name").asText(), tag.deepCopy()));
    var components = source.path("components").deepCopy();
    source
        .path("paths")
        .properties()
        .forEach(path -> paths.put(path.getKey(), path.getValue().deepCopy()));
    for (var operation : face.operations().values()) {
      var node = paths.get(operation.path()).path(operation.method().toLowerCase(Locale.ROOT));
      complete((ObjectNode) node, operation, source.path("security"));
      var success = node.path("responses").path(Integer.toString(operation.status()));
      var reference = success.path("$ref").asText();
      tellRates(reference.isEmpty() ? success : components.at(reference.substring(SHARED)));
    }
    pool.add(components);
  }

  /** Says for an operation what went without saying in the face. */
  private static void complete(ObjectNode node, FaceOperation operation, JsonNode faceSecurity) {
    if (!node.has("security")) {
      node.set(
          "security", faceSecurity.isMissingNode() ? node.arrayNode() : faceSecurity.deepCopy());
    }
    tellRoles(node, operation);
    var responses = new TreeMap<String, JsonNode>();
    refusals(operation)
        .forEach(
            (status, component) ->
                responses.put(
                    Integer.toString(status),
                    node.objectNode().put("$ref", "#/components/responses/" + component)));
    node.path("responses").properties().forEach(r -> responses.put(r.getKey(), r.getValue()));
    node.putObject("responses").setAll(responses);
  }

  /** What the gateway says of the client's rate beside every success. */
  private static void tellRates(JsonNode success) {
    for (var name : RateLimits.HEADERS) {
      ((ObjectNode) success)
          .withObjectProperty("headers")
          .putObject(name)
          .put("$ref", "#/components/headers/" + name);
    }
  }

  /** Roles are told in words: tools take what a requirement lists for scopes of OAuth. */
  private static void tellRoles(ObjectNode node, FaceOperation operation) {
    if (operation.roles().isEmpty()) {
      return;
    }
    for (var requirement : node.path("security")) {
      requirement.forEach(roles -> ((ArrayNode) roles).removeAll());
    }
    node.put(
        "description", (node.path("description").asText() + " " + need(operation.roles())).strip());
  }

  /** The sentence that says which roles will do. */
  static String need(Set<String> roles) {
    return "Needs the role %s.".formatted(String.join(" or ", roles));
  }

  /** What the gateway may say to an operation before the service is asked. */
  private static Map<Integer, String> refusals(FaceOperation operation) {
    var refusals =
        new TreeMap<>(Map.of(405, "MethodNotAllowed", 429, "TooManyRequests", 500, "Internal"));
    if (!operation.bodyTypes().isEmpty()) {
      refusals.put(408, "RequestTimeout");
      refusals.put(413, "PayloadTooLarge");
      refusals.put(415, "UnsupportedMediaType");
    }
    if (operation.parameters().stream().anyMatch(parameter -> parameter.in().equals("query"))) {
      refusals.put(414, "UriTooLong");
    }
    if (operation.authenticated()) {
      refusals.put(431, "HeadersTooLarge");
    }
    return refusals;
  }

  private static ObjectNode info(Collection<Face> faces) {
    var info = JsonNodeFactory.instance.objectNode();
    info.put("title", "Tradepost");
    info.put("version", version());
    info.put(
        "description",
        "The operations of every service that is in the cluster. Every refusal is a problem of"
            + " RFC 9457 with a stable code.");
    for (var field : List.of("license", "contact")) {
      faces.stream()
          .map(face -> face.document().path("info").path(field))
          .filter(JsonNode::isObject)
          .findFirst()
          .ifPresent(value -> info.set(field, value.deepCopy()));
    }
    return info;
  }

  /** The version of the gateway, which is that of its documents. */
  static String version() {
    return Optional.ofNullable(FaceMerge.class.getPackage().getImplementationVersion())
        .orElse("0.0.0");
  }

  private static void removeTies(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(TIES);
    }
    node.forEach(FaceMerge::removeTies);
  }
}
