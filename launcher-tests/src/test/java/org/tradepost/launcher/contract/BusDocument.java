package org.tradepost.launcher.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

/** The AsyncAPI document of a shop, with its references resolved. */
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
    var reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : resolve(document.at(reference.substring(1)));
  }

  /** The addresses of the operations that have the given action. */
  Set<String> addresses(String action) {
    var addresses = new TreeSet<String>();
    for (var operation : document.path("operations")) {
      if (operation.path("action").asText().equals(action)) {
        addresses.add(resolve(operation.path("channel")).path("address").asText());
      }
    }
    return addresses;
  }

  JsonNode request(String address) {
    return at("/channels/" + address + "/messages/request");
  }

  /** The schema of a whole request: the fields of its body and its parameters. */
  JsonNode requestFields(String address) {
    var request = request(address);
    var all = JsonNodeFactory.instance.objectNode().put("type", "object");
    for (var part : List.of(request.path("headers"), resolve(request.path("payload")))) {
      all.withObjectProperty("properties").setAll(properties(part));
      part.path("required").forEach(all.withArrayProperty("required")::add);
    }
    return all;
  }

  private static Map<String, JsonNode> properties(JsonNode schema) {
    var properties = new TreeMap<String, JsonNode>();
    schema.path("properties").properties().forEach(p -> properties.put(p.getKey(), p.getValue()));
    return properties;
  }

  JsonNode reply(String address) {
    return at("/channels/" + address + ".reply/messages/reply");
  }

  /** What violates the schema at {@code pointer}. */
  List<String> faults(String pointer, JsonNode value) {
    var config = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    var schema = schemas.getSchema(SchemaLocation.of(NAME + "#" + pointer), config);
    return schema.validate(value).stream().map(fault -> pointer + ": " + fault).toList();
  }

  /** The JSON pointers of all messages that have examples. */
  List<String> messages() {
    var pointers = new ArrayList<String>();
    for (var channel : document.path("channels").properties()) {
      collect("/channels/" + channel.getKey() + "/messages", pointers);
    }
    collect("/components/messages", pointers);
    return pointers;
  }

  private void collect(String pointer, List<String> pointers) {
    for (var message : document.at(pointer).properties()) {
      if (message.getValue().has("examples")) {
        pointers.add(pointer + "/" + message.getKey());
      }
    }
  }
}
