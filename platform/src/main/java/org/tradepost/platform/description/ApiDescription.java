package org.tradepost.platform.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tradepost.common.json.WireJson;

/**
 * The REST API of one service: its OpenAPI 3.1 document, whose extensions map each HTTP operation
 * to an address on the bus, and describe what else the service does there.
 */
public final class ApiDescription {

  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch");

  private final String service;
  private final String version;
  private final JsonNode document;
  private final Map<String, OperationDescription> operations;
  private final Map<String, JsonNode> internalOperations;
  private final Map<String, JsonNode> changeNotifications;
  private final EventDescription events;
  private final String hash;

  private ApiDescription(JsonNode document) {
    this.document = document;
    this.service = required(document, "x-service");
    this.version = required(document.path("info"), "version");
    var found = new LinkedHashMap<String, OperationDescription>();
    for (var path : document.path("paths").properties()) {
      for (var method : METHODS) {
        if (path.getValue().has(method)) {
          var operation = OperationDescription.read(this, path.getKey(), method, path.getValue());
          if (found.put(operation.address(), operation) != null) {
            throw new IllegalArgumentException(
                "the API description of %s names %s twice".formatted(service, operation.address()));
          }
        }
      }
    }
    this.operations = Map.copyOf(found);
    this.internalOperations = addresses("x-internal");
    this.changeNotifications = addresses("x-change-notifications");
    this.hash = sha256(document.toString());
    this.events =
        document.has("x-events") ? EventDescription.read(document.path("x-events")) : null;
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  /** Reads a section about addresses that are in no path. */
  private Map<String, JsonNode> addresses(String section) {
    var found = new LinkedHashMap<String, JsonNode>();
    for (var address : document.path(section).properties()) {
      if (!address.getKey().startsWith(service + ".") || operations.containsKey(address.getKey())) {
        throw new IllegalArgumentException(
            "the API description of %s cannot have %s in %s"
                .formatted(service, address.getKey(), section));
      }
      required(address.getValue(), "summary");
      found.put(address.getKey(), address.getValue());
    }
    return Map.copyOf(found);
  }

  /**
   * Reads {@code openapi/<service>.yaml} from the class path.
   *
   * @throws IllegalArgumentException when there is none, or it lacks what an API description needs
   */
  public static ApiDescription load(String service) {
    return new ApiDescription(withShared(YamlResource.read("/openapi/" + service + ".yaml")));
  }

  /** Adds the components that every API description may refer to: problems, money, paging. */
  private static ObjectNode withShared(ObjectNode document) {
    var components = document.withObjectProperty("components");
    for (var section : SharedComponents.all().deepCopy().properties()) {
      var own = components.withObjectProperty(section.getKey());
      section.getValue().properties().forEach(c -> own.putIfAbsent(c.getKey(), c.getValue()));
    }
    return document;
  }

  /** Reads what {@link #bytes()} wrote. */
  public static ApiDescription read(Buffer json) {
    return new ApiDescription(WireJson.read(json, JsonNode.class));
  }

  /** The document as JSON. */
  public Buffer bytes() {
    return WireJson.write(document);
  }

  /** The SHA-256 hash of the document. */
  public String hash() {
    return hash;
  }

  public String service() {
    return service;
  }

  public String version() {
    return version;
  }

  public JsonNode document() {
    return document;
  }

  /** All operations, by address on the bus. */
  public Map<String, OperationDescription> operations() {
    return operations;
  }

  /**
   * The descriptions of operations between services ({@code x-internal}), by address: a summary,
   * and the schema and an example of request and reply.
   */
  public Map<String, JsonNode> internalOperations() {
    return internalOperations;
  }

  /**
   * The descriptions of the change notifications that the service publishes ({@code
   * x-change-notifications}), by address. Those about its events are not listed.
   */
  public Map<String, JsonNode> changeNotifications() {
    return changeNotifications;
  }

  /** The description of the service's events; empty if it has none. */
  public Optional<EventDescription> events() {
    return Optional.ofNullable(events);
  }

  /** Follows a reference within the document; any other node is returned unchanged. */
  public JsonNode resolve(JsonNode node) {
    var reference = node.path("$ref").asText("");
    return reference.startsWith("#") ? resolve(document.at(reference.substring(1))) : node;
  }

  static String required(JsonNode node, String field) {
    var value = node.path(field).asText("");
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "an API description lacks " + field + " in " + shortened(node));
    }
    return value;
  }

  private static String shortened(JsonNode node) {
    var text = node.toString();
    return text.length() <= 120 ? text : text.substring(0, 120) + "…";
  }
}
