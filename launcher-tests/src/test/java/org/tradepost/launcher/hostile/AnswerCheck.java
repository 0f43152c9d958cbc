package org.tradepost.launcher.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tradepost.launcher.hostile.ApiDescription.ApiOperation;

/** Whether an answer is one that the OpenAPI document announces. */
final class AnswerCheck {
  private static final String PROBLEM = "application/problem+json";

  /** For a request that belongs to no operation. */
  private static final Set<Integer> REFUSALS = Set.of(400, 404, 405, 413, 414, 415, 417, 431, 501);

  /** What HTTP says of any answer, apart from what an operation does. */
  private static final Set<String> GENERAL =
      Set.of("connection", "content-length", "content-type", "date", "transfer-encoding");

  private final ApiDescription api;

  AnswerCheck(ApiDescription api) {
    this.api = api;
  }

  /** What is wrong with {@code answer}; empty if nothing is. */
  List<String> faults(HttpCall call, HttpAnswer answer) {
    if (call.method.equals("OPTIONS")) {
      return optionsFaults(answer);
    }
    Optional<ApiOperation> operation = api.find(call.method, call.path());
    return operation.isEmpty()
        ? refusalFaults(call, answer)
        : operationFaults(operation.get(), call, answer);
  }

  private static List<String> optionsFaults(HttpAnswer answer) {
    boolean fine = answer.status() < 300 || REFUSALS.contains(answer.status());
    return fine ? List.of() : List.of("OPTIONS is answered " + answer.status());
  }

  private List<String> refusalFaults(HttpCall call, HttpAnswer answer) {
    List<String> faults = new ArrayList<>();
    if (!REFUSALS.contains(answer.status())) {
      faults.add(answer.status() + " where there is no operation");
    }
    if (!call.method.equals("HEAD") && !answer.mediaType().equals(PROBLEM)) {
      faults.add("refused without a problem: " + answer.mediaType());
    }
    return faults;
  }

  private List<String> operationFaults(ApiOperation operation, HttpCall call, HttpAnswer answer) {
    String responses = operation.pointer() + "/responses/";
    if (!operation.node().path("responses").has(Integer.toString(answer.status()))) {
      return List.of(operation.node().path("operationId") + " announces no " + answer.status());
    }
    String pointer = api.follow(responses + answer.status());
    List<String> faults = new ArrayList<>(headerFaults(api.at(pointer), answer));
    if (!call.method.equals("HEAD")) {
      faults.addAll(bodyFaults(pointer, answer));
    }
    return faults;
  }

  private List<String> headerFaults(JsonNode response, HttpAnswer answer) {
    List<String> faults = new ArrayList<>();
    Set<String> declared = new TreeSet<>(GENERAL);
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      declared.add(name);
      if (api.resolve(header.getValue()).path("required").asBoolean()
          && answer.header(name).isEmpty()) {
        faults.add("without its header " + name);
      }
    }
    answer.headers().keySet().stream()
        .filter(name -> !declared.contains(name))
        .forEach(name -> faults.add("header that is not announced: " + name));
    return faults;
  }

  private List<String> bodyFaults(String response, HttpAnswer answer) {
    JsonNode content = api.at(response).path("content");
    if (content.isEmpty()) {
      return answer.body().isEmpty() ? List.of() : List.of("a body where none is announced");
    }
    String type = answer.mediaType();
    if (!content.has(type)) {
      return List.of("of a type that is not announced: " + type);
    }
    if (!type.endsWith("json")) {
      return List.of();
    }
    String media = response + "/content/" + type.replace("/", "~1");
    return api.faults(media + "/schema", answer.json());
  }
}
