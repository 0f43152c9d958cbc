package org.tradepost.platform.description;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.tradepost.common.error.ServiceException;

/**
 * What an API description says about its service's events ({@code x-events}).
 *
 * @param roles one of which a reader needs; empty when any account may read events about itself
 * @param types each type with a description, the schema of its data and an example, by name
 */
public record EventDescription(Set<String> roles, JsonNode types) {

  /** The names of all types, in order. */
  public Set<String> typeNames() {
    var names = new TreeSet<String>();
    types.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * Checks a requested event type.
   *
   * @param type null for any
   * @param known the names of all types
   * @throws ServiceException {@code INVALID_REQUEST} when the type is not known
   */
  public static void checkType(String type, Set<String> known) {
    if (type != null && !known.contains(type)) {
      throw ServiceException.invalid("/type", "must be one of " + String.join(", ", known));
    }
  }

  static EventDescription read(JsonNode node) {
    var roles = new TreeSet<String>();
    node.path("roles").forEach(role -> roles.add(role.asText()));
    return new EventDescription(roles, node.path("types"));
  }
}
