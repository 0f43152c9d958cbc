package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;
import org.tradepost.gateway.openapi.OpenApiMerge;
import org.tradepost.gateway.routing.GatewayDescription;
import org.tradepost.platform.description.EventDescription;

/** The events of one service in the AsyncAPI document, filled into the template. */
final class ServiceEvents {

  /** The schema of an event of any type, as the gateway sends it over HTTP. */
  private static final JsonNode EVENT =
      GatewayDescription.DESCRIPTION.document().at("/components/schemas/Event");

  private static final JsonNode EXAMPLE =
      GatewayDescription.DESCRIPTION
          .document()
          .at("/paths/~1v1~1events/get/responses/200/content/application~1json/example/items/0");

  private final String service;
  private final JsonNode template;

  private ServiceEvents(String service) {
    this.service = service;
    this.template = AsyncApiFrame.templates(service).path("events");
  }

  /**
   * Returns how events are read ({@code read}, {@code follow}) and announced ({@code changed}), and
   * the {@code components} for this: a schema and a message for each type, and the schema of a
   * page.
   */
  static JsonNode of(String service, EventDescription events) {
    var filled = new ServiceEvents(service);
    var types = new TreeMap<String, JsonNode>();
    events.types().properties().forEach(type -> types.put(type.getKey(), type.getValue()));
    types.forEach(filled::add);
    filled.object("/components/schemas").set(service + ".EventPage", filled.template.path("page"));
    var read = filled.object("/read");
    read.put(
        "description",
        (read.path("description").asText() + " " + OpenApiMerge.need(events.roles())).strip());
    return filled.template;
  }

  private void add(String type, JsonNode described) {
    var name = service + "." + type;
    var reference = BusChannels.reference("components", "schemas", name);
    var example = example(type, described);
    var message = node("name", type, "summary", described);
    message.put("title", type).set("payload", reference);
    message.putArray("examples").addObject().set("payload", example);
    object("/components/messages").set(name, message);
    object("/components/schemas").set(name, schema(type, described));
    object("/page/properties/entries/items/properties/event")
        .withArrayProperty("oneOf")
        .add(reference);
    object("/read/reply/example/entries/0").putIfAbsent("event", example);
    object("/follow/reply/example/entries/0").putIfAbsent("event", example);
  }

  private static ObjectNode schema(String type, JsonNode described) {
    ObjectNode schema = EVENT.deepCopy();
    schema.setAll(node("title", type, "description", described));
    var properties = schema.withObjectProperty("properties");
    properties.withObjectProperty("type").put("const", type);
    if (described.has("data")) {
      properties.set("data", described.get("data"));
    }
    return schema;
  }

  private ObjectNode example(String type, JsonNode described) {
    ObjectNode example = EXAMPLE.deepCopy();
    example.put("id", service + "-17").put("type", type);
    example.set(
        "data",
        described.path("example").isMissingNode()
            ? example.objectNode()
            : described.path("example"));
    return example;
  }

  /** Returns a node with the name and, if there is one, the description. */
  private static ObjectNode node(
      String nameField, String name, String descriptionField, JsonNode described) {
    var node = JsonNodeFactory.instance.objectNode().put(nameField, name);
    if (described.has("description")) {
      node.set(descriptionField, described.get("description"));
    }
    return node;
  }

  private ObjectNode object(String pointer) {
    return (ObjectNode) template.at(pointer);
  }
}
