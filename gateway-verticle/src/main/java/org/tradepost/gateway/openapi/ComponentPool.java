package org.tradepost.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The components that a document may refer to; it keeps only those that it does refer to. */
public final class ComponentPool {

  private final ObjectNode pool = JsonNodeFactory.instance.objectNode();

  /** Adds components, by section; an existing one is not replaced. */
  public void add(JsonNode components) {
    for (var section : components.properties()) {
      var all = pool.withObjectProperty(section.getKey());
      section
          .getValue()
          .properties()
          .forEach(c -> all.putIfAbsent(c.getKey(), c.getValue().deepCopy()));
    }
  }

  /** Returns the components that parts of a document refer to, directly or through others. */
  public ObjectNode usedBy(Collection<JsonNode> parts) {
    var used = new HashSet<String>();
    parts.forEach(part -> follow(part, used));
    var components = JsonNodeFactory.instance.objectNode();
    for (var section : pool.properties()) {
      for (var component : section.getValue().properties()) {
        if (used.contains("/" + section.getKey() + "/" + component.getKey())) {
          components
              .withObjectProperty(section.getKey())
              .set(component.getKey(), component.getValue());
        }
      }
    }
    return components;
  }

  private void follow(JsonNode node, Set<String> used) {
    var reference = node.path("$ref").asText("");
    if (reference.startsWith("#/components/")) {
      use(reference.substring("#/components".length()), used);
    }
    for (var requirement : node.path("security")) {
      requirement.fieldNames().forEachRemaining(name -> use("/securitySchemes/" + name, used));
    }
    node.forEach(child -> follow(child, used));
  }

  private void use(String pointer, Set<String> used) {
    if (used.add(pointer)) {
      follow(pool.at(pointer), used);
    }
  }
}
