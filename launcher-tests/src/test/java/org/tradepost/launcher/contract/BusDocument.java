package org.tradepost.launcher.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The AsyncAPI document of a shop, with its references followed. */
final class BusDocument {
  private static final String NAME = "https://tradepost.example/asyncapi";

  private final JsonNode document;
  private final JsonSchemaFactory schemas;

  BusDocument(JsonNode document) {
    this.document = document;
    this.schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder ->
                builder.schemaLoaders(
                    loaders -> loaders.schemas(Map.of(NAME, document.toString()))));
  }

  JsonNode root() {
    return document;
  }

  JsonNode at(String pointer) {
    return resolve(document.at(pointer));
  }

  JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : resolve(document.at(reference.substring(1)));
  }

  /** The addresses of the operations that have the given action. */
  Set<String> addresses(String action) {
    Set<String> addresses = new TreeSet<>();
    for (JsonNode operation : document.path("operations")) {
      if (operation.path("action").asText().equals(action)) {
        addresses.add(resolve(operation.path("channel")).path("address").asText());
      }
    }
    return addresses;
  }

  JsonNode request(String address) {
    return at("/channels/" + address + "/messages/request");
  }

  /** The schema of everything that a request says: the fields of its body and its parameters. */
  JsonNode requestFields(String address) {
    JsonNode request = request(address);
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("type", "object");
    for (JsonNode part : List.of(request.path("headers"), resolve(request.path("payload")))) {
      all.withObjectProperty("properties").setAll(properties(part));
      part.path("required").forEach(all.withArrayProperty("required")::add);
    }
    return all;
  }

  private static Map<String, JsonNode> properties(JsonNode schema) {
    Map<String, JsonNode> properties = new TreeMap<>();
    schema.path("properties").properties().forEach(p -> properties.put(p.getKey(), p.getValue()));
    return properties;
  }

  JsonNode reply(String address) {
    return at("/channels/" + address + ".reply/messages/reply");
  }

  /** What violates the schema at {@code pointer}. */
  List<String> faults(String pointer, JsonNode value) {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    JsonSchema schema = schemas.getSchema(SchemaLocation.of(NAME + "#" + pointer), config);
    return schema.validate(value).stream().map(fault -> pointer + ": " + fault).toList();
  }

  /** The JSON pointers of all messages that have examples. */
  List<String> messages() {
    List<String> pointers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> channel : document.path("channels").properties()) {
      collect("/channels/" + channel.getKey() + "/messages", pointers);
    }
    collect("/components/messages", pointers);
    return pointers;
  }

  private void collect(String pointer, List<String> pointers) {
    for (Map.Entry<String, JsonNode> message : document.at(pointer).properties()) {
      if (message.getValue().has("examples")) {
        pointers.add(pointer + "/" + message.getKey());
      }
    }
  }
}
