package org.tradepost.gateway.routing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tradepost.gateway.http.Problem;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.SharedComponents;

/**
 * Which service owns which paths, components and operation ids: the first to use them. An API
 * description that uses what another service owns is rejected as a whole, so that no service is
 * served in part.
 */
public final class PathOwnership {

  /** The paths that the gateway serves itself. */
  private static final List<String> OWN_PATHS =
      List.of(
          "/",
          "/openapi.json",
          "/openapi.yaml",
          "/asyncapi.json",
          "/docs",
          Problem.PATH,
          "/console",
          "/v1/cluster",
          "/v1/events");

  private final ReservedPrefixes prefixes;
  private final Map<String, PublishedDescription> descriptions = new TreeMap<>();

  PathOwnership(ReservedPrefixes prefixes) {
    this.prefixes = prefixes;
  }

  /** Whether the gateway itself serves a path. */
  public static boolean isOwn(String path) {
    return OWN_PATHS.stream().anyMatch(own -> isAtOrBelow(path, own));
  }

  /** Returns the first part of one of the gateway's own paths; nothing in it is from a client. */
  public static String ownPrefix(String path) {
    return OWN_PATHS.stream().filter(own -> isAtOrBelow(path, own)).findFirst().orElseThrow();
  }

  private static boolean isAtOrBelow(String path, String own) {
    return path.equals(own) || (!own.equals("/") && path.startsWith(own + "/"));
  }

  Optional<PublishedDescription> of(String service) {
    return Optional.ofNullable(descriptions.get(service));
  }

  /** All API descriptions, by service. */
  Collection<PublishedDescription> all() {
    return descriptions.values();
  }

  /**
   * Grants a service what its API description uses, in place of what it owned.
   *
   * @throws IllegalArgumentException if it may not own some of it; then nothing has changed
   */
  void grant(PublishedDescription published) {
    var description = published.description();
    for (var operation : description.operations().values()) {
      OperationRoute.of(description.service(), operation);
    }
    checkPaths(description);
    checkComponents(description, GatewayDescription.DESCRIPTION);
    checkOperationIds(description, GatewayDescription.DESCRIPTION);
    for (var other : descriptions.values()) {
      if (!other.description().service().equals(description.service())) {
        checkComponents(description, other.description());
        checkOperationIds(description, other.description());
      }
    }
    descriptions.put(description.service(), published);
  }

  /** Releases what a service owns. */
  void remove(String service) {
    descriptions.remove(service);
  }

  private void checkPaths(ApiDescription description) {
    var owners = new HashMap<String, String>();
    for (var other : descriptions.values()) {
      other
          .description()
          .operations()
          .values()
          .forEach(o -> owners.put(OperationRoute.shape(o.path()), other.description().service()));
    }
    for (var operation : description.operations().values()) {
      var path = operation.path();
      var owner = owners.getOrDefault(OperationRoute.shape(path), description.service());
      if (!owner.equals(description.service())) {
        throw new IllegalArgumentException("the path %s belongs to %s".formatted(path, owner));
      }
      if (isOwn(path)) {
        throw new IllegalArgumentException("the path %s is the gateway's own".formatted(path));
      }
      if (!prefixes.allow(description.service(), path)) {
        throw new IllegalArgumentException("the path %s is not reserved for it".formatted(path));
      }
    }
  }

  private static void checkComponents(ApiDescription description, ApiDescription other) {
    var theirs = other.document().path("components");
    for (var section : description.document().path("components").properties()) {
      for (var component : section.getValue().properties()) {
        var same = theirs.path(section.getKey()).path(component.getKey());
        // Shared components come from the gateway's own copy: a service with a newer copy must
        // still be accepted.
        if (!same.isMissingNode()
            && !same.equals(component.getValue())
            && !SharedComponents.contain(section.getKey(), component.getKey())) {
          throw new IllegalArgumentException(
              "the component %s/%s differs from the one in the API description of %s"
                  .formatted(section.getKey(), component.getKey(), other.service()));
        }
      }
    }
  }

  private static void checkOperationIds(ApiDescription description, ApiDescription other) {
    var common = operationIds(description);
    common.retainAll(operationIds(other));
    if (!common.isEmpty()) {
      throw new IllegalArgumentException(
          "the operationId %s is in the API description of %s"
              .formatted(common.iterator().next(), other.service()));
    }
  }

  private static Set<String> operationIds(ApiDescription description) {
    var ids = new HashSet<String>();
    for (JsonNode path : description.document().path("paths")) {
      for (JsonNode operation : path) {
        if (operation.has("operationId")) {
          ids.add(operation.path("operationId").asText());
        }
      }
    }
    return ids;
  }
}
