package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tradepost.common.events.EventOperations;
import org.tradepost.gateway.openapi.OpenApiMerge;
import org.tradepost.gateway.routing.GatewayDescription;
import org.tradepost.platform.description.EventDescription;

/** The events of one service in the AsyncAPI document, and how they are read. */
final class EventsOnBus {

  private static final String TAG = "Events";
  private static final String SCHEMAS = "#/components/schemas/";

  /** An event of any type, as the gateway sends them over HTTP. */
  private static final JsonNode EVENT =
      GatewayDescription.DESCRIPTION.document().at("/components/schemas/Event");

  private static final ObjectNode EXAMPLE =
      (ObjectNode)
          GatewayDescription.DESCRIPTION
              .document()
              .at(
                  "/paths/~1v1~1events/get/responses/200/content/application~1json/example/items/0");

  private final String service;
  private final EventDescription events;
  private final Map<String, JsonNode> types = new TreeMap<>();

  EventsOnBus(String service, EventDescription events) {
    this.service = service;
    this.events = events;
    events.types().properties().forEach(type -> types.put(type.getKey(), type.getValue()));
  }

  /** A message for each type of event, and the schemas that these and the pages have. */
  ObjectNode components() {
    var components = JsonNodeFactory.instance.objectNode();
    var schemas = components.putObject("schemas");
    var messages = components.putObject("messages");
    types.forEach(
        (type, said) -> {
          schemas.set(name(type), schema(type, said));
          messages.set(name(type), message(type, said));
        });
    schemas.set(name("EventPage"), page());
    return components;
  }

  /** The names of the messages among the components. */
  List<String> messages() {
    return types.keySet().stream().map(this::name).toList();
  }

  /** For users: what their token lets them see. */
  BusOperation read() {
    var description = new ArrayList<String>();
    description.add("Administrators read everything, others what is about them.");
    if (!events.roles().isEmpty()) {
      description.add(OpenApiMerge.need(events.roles()));
    }
    description.add("Refusals have the status 400, 401, 403, 410, 503.");
    var title = "Read events of " + service;
    var request = BusMessage.request("The request").withToken().body(reading().path("schema"));
    var reply = BusMessage.reply("A page").body(paging().path("schema"));
    return new BusOperation(
        EventOperations.read(service).address(),
        BusOperation.secured(BusOperation.about(title, description, List.of(TAG)), "userToken"),
        Map.of("request", request.example(reading().path("example"))),
        reply.example(paging().path("example")));
  }

  /** For services: everything. */
  BusOperation follow() {
    var title = "Follow the events of " + service;
    var description =
        List.of("Everything, for services. Refused with INVALID_CURSOR, CURSOR_GONE.");
    return InternalOnBus.of(
        EventOperations.follow(service).address(),
        BusOperation.about(title, description, List.of(TAG, "Internal")),
        reading(),
        paging());
  }

  /** What is published when there may be something to read. */
  ObjectNode changeNotification() {
    return BusOperation.about(
        "There may be new events of " + service,
        List.of("Read them, and poll now and then in case it was lost."),
        List.of(TAG));
  }

  private String name(String type) {
    return service + "." + type;
  }

  private static ObjectNode schema(String type, JsonNode said) {
    ObjectNode schema = EVENT.deepCopy();
    schema.put("title", type);
    if (said.has("description")) {
      schema.set("description", said.get("description"));
    }
    ObjectNode properties = schema.withObjectProperty("properties");
    properties.withObjectProperty("type").put("const", type);
    if (said.has("data")) {
      properties.set("data", said.get("data"));
    }
    return schema;
  }

  private ObjectNode message(String type, JsonNode said) {
    var message = JsonNodeFactory.instance.objectNode();
    message.put("name", type).put("title", type);
    if (said.has("description")) {
      message.set("summary", said.get("description"));
    }
    message.set("payload", JsonNodeFactory.instance.objectNode().put("$ref", SCHEMAS + name(type)));
    message.putArray("examples").addObject().set("payload", example(type, said));
    return message;
  }

  private ObjectNode example(String type, JsonNode said) {
    var example = JsonNodeFactory.instance.objectNode();
    example.setAll(EXAMPLE);
    example.put("id", service + "-17").put("type", type);
    example.set("data", said.has("example") ? said.get("example") : example.objectNode());
    return example;
  }

  private ObjectNode page() {
    var page = AsyncApiFrame.schema("bus.EventPage");
    page.remove("examples");
    var event = (ObjectNode) page.at("/properties/entries/items/properties/event");
    for (var type : types.keySet()) {
      event.withArrayProperty("oneOf").addObject().put("$ref", SCHEMAS + name(type));
    }
    return page;
  }

  private static ObjectNode reading() {
    var reading = JsonNodeFactory.instance.objectNode();
    reading.putObject("schema").put("$ref", SCHEMAS + "bus.ReadEvents");
    reading.set("example", AsyncApiFrame.schema("bus.ReadEvents").at("/examples/0"));
    return reading;
  }

  private ObjectNode paging() {
    var paging = JsonNodeFactory.instance.objectNode();
    paging.putObject("schema").put("$ref", SCHEMAS + name("EventPage"));
    var example = (ObjectNode) AsyncApiFrame.schema("bus.EventPage").at("/examples/0");
    var entry = (ObjectNode) example.at("/entries/0");
    types.entrySet().stream()
        .findFirst()
        .ifPresent(type -> entry.set("event", example(type.getKey(), type.getValue())));
    paging.set("example", example);
    return paging;
  }
}
