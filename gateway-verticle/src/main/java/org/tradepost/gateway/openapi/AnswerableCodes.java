package org.tradepost.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.tradepost.platform.description.OperationDescription;

/**
 * The codes of the problems that an operation can answer with: those that its API description lists
 * in {@code x-refusals}, and those that follow from what it takes.
 */
final class AnswerableCodes {

  /** What a parameter is called that takes a cursor. */
  private static final Set<String> CURSORS = Set.of("cursor", "after");

  private final Set<String> codes =
      new HashSet<>(Set.of("INVALID_REQUEST", "TOO_MANY_REQUESTS", "UNAVAILABLE", "OVERLOADED"));

  private final KnownProblems known;

  /**
   * @param node the operation, with the security that holds for it
   */
  AnswerableCodes(OperationDescription operation, JsonNode node, KnownProblems known) {
    this.known = known;
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

  /**
   * An empty requirement admits every caller; refusals that are possible all the same are in
   * x-refusals.
   */
  private static boolean requiresToken(JsonNode security) {
    return !security.isEmpty()
        && StreamSupport.stream(security.spliterator(), false).noneMatch(JsonNode::isEmpty);
  }

  /** Whether one of them has an HTTP status. */
  boolean haveStatus(int status) {
    return known.codesOf(status).stream().anyMatch(codes::contains);
  }

  /**
   * Adds an example of each of them to a response, or of all codes with its status where none of
   * them has it.
   *
   * @return the codes that are shown, where they are some of those with the status; else empty
   */
  List<String> show(ObjectNode response, String status) {
    var all = known.codesOf(Integer.parseInt(status));
    var some = all.stream().filter(codes::contains).toList();
    for (var content : response.path("content")) {
      var examples = ((ObjectNode) content).putObject("examples");
      for (var code : some.isEmpty() ? all : some) {
        examples.putObject(code).set("value", known.example(code));
      }
    }
    return some.size() < all.size() ? some : List.of();
  }
}
