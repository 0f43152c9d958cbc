package org.tradepost.launcher.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.format.PatternFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tradepost.proof.rest.RestResponse;

/**
 * The OpenAPI document of a running Tradepost. Finds what a response has and the document lacks,
 * and what the document has and no response has shown yet.
 */
public final class RestDocument {
  private static final String NAME = "https://tradepost.example/openapi";

  private static final String EMAIL = "^[^\\s@]+@[^\\s@]+$";

  /** The library's own format for emails has an outdated list of top-level domains. */
  private static final JsonMetaSchema DIALECT =
      JsonMetaSchema.builder(JsonMetaSchema.getV202012())
          .format(PatternFormat.of("email", EMAIL, "format.email"))
          .format(PatternFormat.of("idn-email", EMAIL, "format.email"))
          .build();

  private static final String PROBLEM = "application/problem+json";

  /** Headers of HTTP itself or of a proxy; the last one is the same in every response. */
  private static final Set<String> UNDOCUMENTED =
      Set.of(
          "content-length",
          "content-type",
          "transfer-encoding",
          "connection",
          "date",
          "keep-alive",
          Prism.VIOLATIONS,
          "x-content-type-options");

  private final JsonNode document;
  private final JsonSchemaFactory schemas;
  private final Map<String, JsonSchema> known = new HashMap<>();
  private final Set<String> seen = new TreeSet<>();

  public RestDocument(JsonNode document) {
    this.document = document;
    this.schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder ->
                builder
                    .metaSchema(DIALECT)
                    .schemaLoaders(loaders -> loaders.schemas(Map.of(NAME, document.toString()))));
  }

  /** An operation: its method in lower case, and its path as the document has it. */
  public record Endpoint(String method, String path) {
    private String pointer() {
      return "/paths/" + path.replace("/", "~1") + "/" + method;
    }
  }

  /** All operations. */
  public List<Endpoint> endpoints() {
    var endpoints = new ArrayList<Endpoint>();
    for (var path : document.path("paths").properties()) {
      for (var method : List.of("get", "post", "put", "patch", "delete")) {
        if (path.getValue().has(method)) {
          endpoints.add(new Endpoint(method, path.getKey()));
        }
      }
    }
    return endpoints;
  }

  public JsonNode operation(Endpoint endpoint) {
    return document.at(endpoint.pointer());
  }

  /** The operation that a request is for; all operations of its path if that lacks the method. */
  private List<Endpoint> endpoints(String method, String target) {
    var path = target.replaceAll("[?#].*", "");
    var wanted = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    var matching =
        endpoints().stream()
            .filter(endpoint -> pattern(endpoint.path()).matcher(path).matches())
            .sorted(Comparator.comparing(endpoint -> endpoint.path().indexOf('{')))
            .toList();
    var exact =
        matching.stream().filter(endpoint -> endpoint.method().equals(wanted)).limit(1).toList();
    return exact.isEmpty() ? matching : exact;
  }

  private static Pattern pattern(String template) {
    return Pattern.compile(template.replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+"));
  }

  /** What a response has and the document lacks; paths that it lacks are not checked. */
  public synchronized List<String> faults(String method, String target, RestResponse answer) {
    List<Endpoint> endpoints = method.equals("OPTIONS") ? List.of() : endpoints(method, target);
    return Stream.concat(
            endpoints.stream().flatMap(endpoint -> faults(endpoint, method, answer).stream()),
            Prism.faults(answer).stream())
        .toList();
  }

  private List<String> faults(Endpoint endpoint, String method, RestResponse answer) {
    var faults = new ArrayList<String>();
    var where = endpoint.method() + " " + endpoint.path() + " " + answer.status();
    var response = resolve(endpoint.pointer() + "/responses/" + answer.status());
    if (document.at(response).isMissingNode()) {
      return List.of(where + " is not documented");
    }
    seen.add(where);
    for (var header : answer.headers().map().keySet()) {
      var name = header.toLowerCase(Locale.ROOT);
      if (UNDOCUMENTED.contains(name)) {
        continue;
      }
      if (headers(response).contains(name)) {
        seen.add(where + " " + name);
      } else {
        faults.add(where + " has " + name);
      }
    }
    if (!method.equals("HEAD")) {
      checkBody(where, response, answer, faults);
    }
    return faults;
  }

  private void checkBody(String where, String response, RestResponse answer, List<String> faults) {
    var content = document.at(response).path("content");
    if (content.isEmpty()) {
      if (!answer.body().isMissingNode()) {
        faults.add(where + " has a body");
      }
      return;
    }
    var type = answer.header("content-type").replaceAll(";.*", "");
    if (!content.has(type)) {
      faults.add(where + " comes as " + type);
    } else if (type.endsWith("json")) {
      var schema = response + "/content/" + type.replace("/", "~1") + "/schema";
      known
          .computeIfAbsent(schema, this::schema)
          .validate(answer.body())
          .forEach(fault -> faults.add(where + " " + fault));
    }
    if (type.equals(PROBLEM)) {
      var code = answer.text("/code");
      if (content.at("/application~1problem+json/examples").has(code)) {
        seen.add(where + " " + code);
      } else {
        faults.add(where + " has the code " + code);
      }
    }
  }

  private JsonSchema schema(String pointer) {
    var config =
        SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .locale(Locale.ENGLISH)
            .build();
    return schemas.getSchema(SchemaLocation.of(NAME + "#" + pointer), config);
  }

  /** Every status, code and header field of the document that no response has shown. */
  synchronized Set<String> unseen() {
    var documented = new TreeSet<String>();
    for (var endpoint : endpoints()) {
      operation(endpoint)
          .path("responses")
          .fieldNames()
          .forEachRemaining(s -> collect(endpoint, s, documented));
    }
    documented.removeAll(seen);
    return documented;
  }

  private void collect(Endpoint endpoint, String status, Set<String> documented) {
    var where = endpoint.method() + " " + endpoint.path() + " " + status;
    var response = resolve(endpoint.pointer() + "/responses/" + status);
    documented.add(where);
    headers(response).forEach(name -> documented.add(where + " " + name));
    document
        .at(response + "/content/application~1problem+json/examples")
        .fieldNames()
        .forEachRemaining(code -> documented.add(where + " " + code));
  }

  private Set<String> headers(String response) {
    var names = new TreeSet<String>();
    document
        .at(response + "/headers")
        .fieldNames()
        .forEachRemaining(name -> names.add(name.toLowerCase(Locale.ROOT)));
    return names;
  }

  /** The node itself, or what it refers to. */
  public JsonNode resolve(JsonNode node) {
    var reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : resolve(document.at(reference.substring(1)));
  }

  private String resolve(String pointer) {
    var reference = document.at(pointer).path("$ref").asText("");
    return reference.isEmpty() ? pointer : resolve(reference.substring(1));
  }
}
