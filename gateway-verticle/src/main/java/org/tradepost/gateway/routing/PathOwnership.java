package org.tradepost.gateway.routing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tradepost.gateway.http.Problem;
import org.tradepost.platform.description.ApiDescription;

/**
 * Which service has which paths, components and operation ids: the one that had them first. A face
 * that claims another's is refused as a whole, so that no service is half there.
 */
public final class PathOwnership {

  /** What the gateway serves itself. */
  public static final List<String> OWN_PATHS =
      List.of(
          "/",
          "/openapi.json",
          "/openapi.yaml",
          "/asyncapi.json",
          "/docs",
          Problem.PATH,
          "/v1/events");

  private final ReservedPrefixes prefixes;
  private final Map<String, PublishedDescription> faces = new TreeMap<>();

  PathOwnership(ReservedPrefixes prefixes) {
    this.prefixes = prefixes;
  }

  /** The face of a service, null when it has none. */
  PublishedDescription of(String service) {
    return faces.get(service);
  }

  /** All faces, by service. */
  Collection<PublishedDescription> all() {
    return faces.values();
  }

  Set<String> services() {
    return faces.keySet();
  }

  /**
   * Grants a service what its face claims, in place of what it had.
   *
   * @throws IllegalArgumentException when it claims what it may not; nothing has changed then
   */
  void grant(PublishedDescription published) {
    var face = published.face();
    for (var operation : face.operations().values()) {
      OperationRoute.of(face.service(), operation);
    }
    checkPaths(face);
    checkComponents(face, GatewayDescription.FACE);
    checkOperationIds(face, GatewayDescription.FACE);
    for (var other : faces.values()) {
      if (!other.face().service().equals(face.service())) {
        checkComponents(face, other.face());
        checkOperationIds(face, other.face());
      }
    }
    faces.put(face.service(), published);
  }

  /** Takes from a service what it had. */
  void remove(String service) {
    faces.remove(service);
  }

  private void checkPaths(ApiDescription face) {
    var owners = new HashMap<String, String>();
    for (var other : faces.values()) {
      other
          .face()
          .operations()
          .values()
          .forEach(o -> owners.put(OperationRoute.shape(o.path()), other.face().service()));
    }
    for (var operation : face.operations().values()) {
      var path = operation.path();
      var owner = owners.getOrDefault(OperationRoute.shape(path), face.service());
      if (!owner.equals(face.service())) {
        throw new IllegalArgumentException("the path %s belongs to %s".formatted(path, owner));
      }
      if (OWN_PATHS.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"))) {
        throw new IllegalArgumentException("the path %s is the gateway's own".formatted(path));
      }
      if (!prefixes.allow(face.service(), path)) {
        throw new IllegalArgumentException("the path %s is not pinned to it".formatted(path));
      }
    }
  }

  private static void checkComponents(ApiDescription face, ApiDescription other) {
    var theirs = other.document().path("components");
    for (var section : face.document().path("components").properties()) {
      for (var component : section.getValue().properties()) {
        var same = theirs.path(section.getKey()).path(component.getKey());
        // What all faces share comes from the gateway's own copy: a newer service may have a newer
        // one, and must still be let in.
        if (!same.isMissingNode()
            && !same.equals(component.getValue())
            && !SharedComponents.contain(section.getKey(), component.getKey())) {
          throw new IllegalArgumentException(
              "the component %s/%s is another one in the face of %s"
                  .formatted(section.getKey(), component.getKey(), other.service()));
        }
      }
    }
  }

  private static void checkOperationIds(ApiDescription face, ApiDescription other) {
    var both = operationIds(face);
    both.retainAll(operationIds(other));
    if (!both.isEmpty()) {
      throw new IllegalArgumentException(
          "the operationId %s is in the face of %s"
              .formatted(both.iterator().next(), other.service()));
    }
  }

  private static Set<String> operationIds(ApiDescription face) {
    var ids = new HashSet<String>();
    for (JsonNode path : face.document().path("paths")) {
      for (JsonNode operation : path) {
        if (operation.has("operationId")) {
          ids.add(operation.path("operationId").asText());
        }
      }
    }
    return ids;
  }
}
