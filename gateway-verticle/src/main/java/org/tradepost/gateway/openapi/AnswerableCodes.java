package org.tradepost.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.platform.description.OperationDescription;

/**
 * The codes of the problems that an operation can answer with: those that its face lists in {@code
 * x-refusals}, and those that follow from what it takes.
 */
final class AnswerableCodes {

  /** What a parameter is called that takes a cursor. */
  private static final Set<String> CURSORS = Set.of("cursor", "after");

  private final Set<String> codes =
      new HashSet<>(Set.of("INVALID_REQUEST", "TOO_MANY_REQUESTS", "UNAVAILABLE", "OVERLOADED"));

  /**
   * @param node the operation, with the security that holds for it
   */
  AnswerableCodes(OperationDescription operation, JsonNode node) {
    node.path(PublicResponses.REFUSALS).forEach(code -> codes.add(code.asText()));
    if (!operation.bodyTypes().isEmpty()) {
      codes.add("MALFORMED_JSON");
    }
    if (operation.parameters().stream().anyMatch(p -> CURSORS.contains(p.name()))) {
      codes.add("INVALID_CURSOR");
    }
    if (requiresToken(node.path("security"))) {
      codes.add("UNAUTHENTICATED");
    }
  }

  /** An empty requirement lets everybody in; who is refused all the same stands in x-refusals. */
  private static boolean requiresToken(JsonNode security) {
    return !security.isEmpty()
        && StreamSupport.stream(security.spliterator(), false).noneMatch(JsonNode::isEmpty);
  }

  /** Whether one of them has an HTTP status. */
  boolean haveStatus(int status) {
    return Stream.of(ErrorCode.values())
        .anyMatch(code -> code.status() == status && codes.contains(code.name()));
  }

  /**
   * Takes the examples of other codes out of a response, unless none would be left.
   *
   * @return the codes that are left; empty when nothing was taken out
   */
  List<String> narrow(ObjectNode response) {
    var left = new ArrayList<String>();
    for (var content : response.path("content")) {
      if (content.path("examples") instanceof ObjectNode examples) {
        var all = new ArrayList<String>();
        examples.fieldNames().forEachRemaining(all::add);
        var some = all.stream().filter(codes::contains).toList();
        if (!some.isEmpty() && some.size() < all.size()) {
          examples.retain(some);
          left.addAll(some);
        }
      }
    }
    return left;
  }
}
