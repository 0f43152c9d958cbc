package org.tradepost.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tradepost.gateway.routing.GatewayDescription;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.description.SharedComponents;

/**
 * Merges API descriptions into one public OpenAPI document: sorted, without the extensions for the
 * bus, with the gateway's own rejections, and without unused components.
 */
public final class OpenApiMerge {

  private static final List<String> BUS_EXTENSIONS =
      List.of(
          "x-operation",
          "x-cache",
          "x-idempotent",
          "x-priority",
          "x-client-limit",
          "x-client-address",
          "x-missing",
          "x-generate",
          Rejections.SECTION,
          PublicResponses.STATUS,
          KnownProblems.SECTION,
          "x-service");

  private final ObjectNode document = JsonNodeFactory.instance.objectNode();
  private final Map<String, JsonNode> paths = new TreeMap<>();
  private final Map<String, JsonNode> tags = new TreeMap<>();
  private final PublicResponses responses;

  private OpenApiMerge(Collection<ApiDescription> descriptions) {
    this.responses = new PublicResponses(new KnownProblems(descriptions));
  }

  /** Merges the API descriptions of the services and the gateway's own. */
  public static JsonNode merge(Collection<ApiDescription> services) {
    var descriptions = new ArrayList<>(services);
    descriptions.add(GatewayDescription.DESCRIPTION);
    return new OpenApiMerge(descriptions).document(descriptions);
  }

  private JsonNode document(Collection<ApiDescription> descriptions) {
    descriptions.forEach(this::add);
    document.put("openapi", "3.1.0");
    document.set("info", GatewayDescription.DESCRIPTION.document().path("info").deepCopy());
    document.withObjectProperty("info").put("version", version());
    document.putArray("servers").addObject().put("url", "/");
    tags.values().forEach(document.putArray("tags")::add);
    document.putObject("paths").setAll(paths);
    document.set("components", components(descriptions).usedBy(paths.values()));
    removeBusExtensions(document);
    return document;
  }

  /** Collects the components. The first of a name stays, so the gateway's own come first. */
  private ComponentPool components(Collection<ApiDescription> descriptions) {
    var pool = new ComponentPool();
    pool.add(responses.components());
    pool.add(SharedComponents.all());
    descriptions.forEach(description -> pool.add(description.document().path("components")));
    return pool;
  }

  private void add(ApiDescription description) {
    var source = description.document();
    source.path("tags").forEach(tag -> tags.putIfAbsent(tag.path("name").asText(), tag.deepCopy()));
    source
        .path("paths")
        .properties()
        .forEach(path -> paths.put(path.getKey(), path.getValue().deepCopy()));
    for (var operation : description.operations().values()) {
      var node = paths.get(operation.path()).path(operation.method().toLowerCase(Locale.ROOT));
      complete((ObjectNode) node, operation, source);
    }
  }

  /** Completes an operation with what its API description leaves implicit. */
  private void complete(ObjectNode node, OperationDescription operation, JsonNode description) {
    if (!node.has("security")) {
      var general = description.path("security");
      node.set("security", general.isMissingNode() ? node.arrayNode() : general.deepCopy());
    }
    describeRoles(node, operation);
    if (PublicResponses.isConditional(operation)) {
      node.withArrayProperty("parameters")
          .addObject()
          .put("$ref", "#/components/parameters/IfNoneMatch");
    }
    node.set("responses", responses.of(operation, node, description.at("/components/responses")));
  }

  /** Describes roles in words, since tools take the values of a requirement for OAuth scopes. */
  private static void describeRoles(ObjectNode node, OperationDescription operation) {
    if (operation.roles().isEmpty()) {
      return;
    }
    for (var requirement : node.path("security")) {
      requirement.forEach(roles -> ((ArrayNode) roles).removeAll());
    }
    node.put(
        "description", (node.path("description").asText() + " " + need(operation.roles())).strip());
  }

  /** Returns the sentence that lists the accepted roles; empty if none is needed. */
  public static String need(Set<String> roles) {
    return roles.isEmpty() ? "" : "Needs the role %s.".formatted(String.join(" or ", roles));
  }

  /** Returns the version of the gateway, which is also that of its documents. */
  public static String version() {
    return Optional.ofNullable(OpenApiMerge.class.getPackage().getImplementationVersion())
        .orElse("0.0.0");
  }

  private static void removeBusExtensions(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(BUS_EXTENSIONS);
    }
    node.forEach(OpenApiMerge::removeBusExtensions);
  }
}
