package org.tradepost.launcher.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.format.PatternFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The OpenAPI document of a shop, with its references followed. */
final class ApiDescription {
  private static final String NAME = "https://tradepost.example/openapi";
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  /** The library's own idea of an email knows the top-level domains of some years ago. */
  private static final JsonMetaSchema DIALECT =
      JsonMetaSchema.builder(JsonMetaSchema.getV202012())
          .format(PatternFormat.of("email", "^[^\\s@]+@[^\\s@]+$", "format.email"))
          .build();

  /** One operation; {@code pointer} is its place in the document. */
  record ApiOperation(String method, String template, String pointer, JsonNode node) {}

  private final JsonNode document;
  private final JsonSchemaFactory schemas;
  private final List<ApiOperation> operations = new ArrayList<>();
  private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();

  ApiDescription(JsonNode document) {
    this.document = document;
    this.schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder ->
                builder
                    .metaSchema(DIALECT)
                    .schemaLoaders(loaders -> loaders.schemas(Map.of(NAME, document.toString()))));
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (method.getValue().has("responses")) {
          add(path.getKey(), method.getKey(), method.getValue());
        }
      }
    }
  }

  private void add(String template, String method, JsonNode node) {
    String pointer = "/paths/" + template.replace("~", "~0").replace("/", "~1") + "/" + method;
    operations.add(new ApiOperation(method.toUpperCase(Locale.ROOT), template, pointer, node));
  }

  List<ApiOperation> operations() {
    return operations;
  }

  /** The operation that a method and a path, as it was sent, belong to. */
  Optional<ApiOperation> find(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    return operations.stream()
        .filter(operation -> operation.method().equals(wanted))
        .filter(operation -> matches(operation.template(), path))
        .min(
            (one, other) ->
                Boolean.compare(one.template().contains("{"), other.template().contains("{")));
  }

  private static boolean matches(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].startsWith("{") && !wanted[i].equals(given[i])) {
        return false;
      }
    }
    return true;
  }

  JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : resolve(document.at(reference.substring(1)));
  }

  /** What does not follow the schema at {@code pointer}, a JSON pointer into the document. */
  List<String> faults(String pointer, JsonNode value) {
    var schema =
        compiled.computeIfAbsent(
            pointer, place -> schemas.getSchema(SchemaLocation.of(NAME + "#" + place), CONFIG));
    return schema.validate(value).stream().map(fault -> pointer + ": " + fault).toList();
  }

  /** The JSON pointer of a node's child, where the child or the node may be a reference. */
  String follow(String pointer) {
    String reference = document.at(pointer).path("$ref").asText("");
    return reference.isEmpty() ? pointer : follow(reference.substring(1));
  }

  JsonNode at(String pointer) {
    return document.at(pointer);
  }
}
