package org.tradepost.common.face;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a face says of its service's events ({@code x-events}).
 *
 * @param roles of which a reader needs one; empty when any account may read what is about it
 * @param types each type with a description, the schema of its data and an example, by name
 */
public record FaceEvents(Set<String> roles, JsonNode types) {

  static FaceEvents read(JsonNode node) {
    var roles = new TreeSet<String>();
    node.path("roles").forEach(role -> roles.add(role.asText()));
    return new FaceEvents(roles, node.path("types"));
  }
}
