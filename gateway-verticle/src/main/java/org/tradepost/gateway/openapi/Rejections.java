package org.tradepost.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tradepost.platform.description.OperationDescription;

/**
 * The codes with which a service can reject an operation: those that its API description lists in
 * {@code x-refusals}, and those that follow from its parameters, body and roles.
 */
public final class Rejections {

  static final String SECTION = "x-refusals";

  /** The names of parameters that take a cursor. */
  private static final Set<String> CURSORS = Set.of("cursor", "after");

  private Rejections() {}

  /**
   * Returns the codes, sorted.
   *
   * @param node the operation in its API description
   */
  public static Set<String> of(OperationDescription operation, JsonNode node) {
    var codes = new TreeSet<>(List.of("INVALID_REQUEST", "UNAVAILABLE", "OVERLOADED", "INTERNAL"));
    node.path(SECTION).forEach(code -> codes.add(code.asText()));
    for (var parameter : operation.parameters()) {
      codes.add(parameter.missing().name());
      if (CURSORS.contains(parameter.name())) {
        codes.add("INVALID_CURSOR");
      }
    }
    if (!operation.bodyTypes().isEmpty()) {
      codes.add("MALFORMED_JSON");
    }
    if (operation.authenticated()) {
      codes.add("UNAUTHENTICATED");
    }
    if (!operation.roles().isEmpty()) {
      codes.add("FORBIDDEN");
    }
    return codes;
  }
}
