package org.tradepost.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tradepost.gateway.http.Problem;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.SharedComponents;

/**
 * The problems that responses can have: those that all services share, and those that an API
 * description lists under {@code x-problems}. The first description of a code counts.
 */
public final class KnownProblems {

  /** Where an API description lists its problems. */
  static final String SECTION = "x-problems";

  private static final String REQUEST_ID = "6f1c1f5e9d3b4a55";

  private final Map<String, JsonNode> problems = new LinkedHashMap<>();

  public KnownProblems(Collection<ApiDescription> descriptions) {
    add(SharedComponents.problems());
    descriptions.forEach(description -> add(description.document().path(SECTION)));
  }

  private void add(JsonNode section) {
    section
        .properties()
        .forEach(problem -> problems.putIfAbsent(problem.getKey(), problem.getValue()));
  }

  /** Returns what is known about a code: status, title, what happened, and what to do. */
  public JsonNode get(String code) {
    return problems.get(code);
  }

  /** Returns the codes in the order in which they are listed. */
  public List<String> codes() {
    return List.copyOf(problems.keySet());
  }

  /** Returns the HTTP statuses of some codes; unknown codes have none. */
  Set<String> statusesOf(Set<String> some) {
    return problems.keySet().stream()
        .filter(some::contains)
        .map(this::status)
        .collect(Collectors.toSet());
  }

  /**
   * Adds to a response an example of each of some codes that has its status or, if none of them
   * has, of all codes with its status.
   *
   * @return the codes that are shown, if these are not all that have the status; else empty
   */
  List<String> show(ObjectNode response, String status, Set<String> some) {
    var all = problems.keySet().stream().filter(code -> status(code).equals(status)).toList();
    var chosen = all.stream().filter(some::contains).toList();
    for (var content : response.path("content")) {
      var examples = ((ObjectNode) content).putObject("examples");
      for (var code : chosen.isEmpty() ? all : chosen) {
        examples.putObject(code).set("value", example(code));
      }
    }
    return chosen.size() < all.size() ? chosen : List.of();
  }

  private String status(String code) {
    return problems.get(code).path("status").asText();
  }

  /** Returns an example of the response with a code, as HTTP clients see it. */
  private JsonNode example(String code) {
    var answer = JsonNodeFactory.instance.objectNode().put("type", Problem.address(code));
    answer.setAll(failure(code));
    answer.put("requestId", REQUEST_ID);
    problems
        .get(code)
        .path("example")
        .properties()
        .forEach(p -> answer.set(p.getKey(), p.getValue()));
    return answer;
  }

  /** Returns an example of the rejection with a code, as clients of the bus see it. */
  public ObjectNode failure(String code) {
    var problem = problems.get(code);
    var title = problem.path("title").asText();
    return JsonNodeFactory.instance
        .objectNode()
        .put("title", title)
        .put("status", problem.path("status").asInt())
        .put("code", code)
        .put("detail", title);
  }
}
