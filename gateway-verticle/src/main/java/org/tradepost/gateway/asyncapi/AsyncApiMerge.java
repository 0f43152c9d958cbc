package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tradepost.common.events.EventOperations;
import org.tradepost.gateway.openapi.ComponentPool;
import org.tradepost.gateway.openapi.KnownProblems;
import org.tradepost.gateway.openapi.OpenApiMerge;
import org.tradepost.gateway.routing.SharedComponents;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.EventDescription;

/**
 * Makes one AsyncAPI 3 document out of the API descriptions: every operation and change
 * notification of their services on the event bus, and their events.
 */
final class AsyncApiMerge {

  /** The path of the gateway that streams events as they happen. */
  private static final String STREAM = "/v1/events/stream";

  private static final String STREAM_CHANNEL = "gateway.v1.stream";

  private final Map<String, JsonNode> channels = new TreeMap<>();
  private final Map<String, JsonNode> operations = new TreeMap<>();
  private final Map<String, JsonNode> tags = new TreeMap<>();
  private final List<String> eventMessages = new ArrayList<>();
  private final ComponentPool pool = new ComponentPool();

  ObjectNode merge(Collection<ApiDescription> descriptions) {
    var document = AsyncApiFrame.document();
    pool.add(AsyncApiFrame.components(new KnownProblems(descriptions)));
    pool.add(SharedComponents.all());
    document.path("info").path("tags").forEach(this::addTag);
    descriptions.forEach(this::add);
    if (!eventMessages.isEmpty()) {
      addStream();
    }
    var info = document.withObjectProperty("info").put("version", OpenApiMerge.version());
    tags.values().forEach(info.putArray("tags")::add);
    document.putObject("channels").setAll(channels);
    document.putObject("operations").setAll(operations);
    document.set("components", pool.usedBy(List.of(document)));
    return document;
  }

  private void add(ApiDescription description) {
    description.document().path("tags").forEach(this::addTag);
    pool.add(description.document().path("components"));
    description
        .operations()
        .values()
        .forEach(operation -> add(PublicOnBus.of(description, operation)));
    description
        .internalOperations()
        .forEach((address, said) -> add(InternalOnBus.of(address, said)));
    add(InternalOnBus.ofDescription(description.service()));
    description
        .changeNotifications()
        .forEach(
            (address, said) ->
                addNotification(
                    address,
                    BusOperation.about(
                        said.path("summary").asText(),
                        List.of(said.path("description").asText()),
                        List.of("Internal"))));
    description.events().ifPresent(events -> add(description.service(), events));
  }

  private void addTag(JsonNode tag) {
    tags.putIfAbsent(tag.path("name").asText(), tag.deepCopy());
  }

  private void add(BusOperation operation) {
    var requests = JsonNodeFactory.instance.objectNode();
    operation.requests().forEach((name, request) -> requests.set(name, request.node()));
    addChannel("bus", operation.address(), operation.address(), requests);
    addChannel("bus", operation.replyChannel(), null, operation.replies());
    operations.put(operation.address(), operation.operation());
  }

  private ObjectNode addChannel(String server, String name, String address, ObjectNode messages) {
    var channel = JsonNodeFactory.instance.objectNode().put("address", address);
    channel.putArray("servers").addObject().put("$ref", "#/servers/" + server);
    channel.set("messages", messages);
    channels.put(name, channel);
    return channel;
  }

  private void add(String service, EventDescription events) {
    var described = new EventsOnBus(service, events);
    pool.add(described.components());
    add(described.read());
    add(described.follow());
    addNotification(EventOperations.changeNotification(service), described.changeNotification());
    eventMessages.addAll(described.messages());
  }

  private void addNotification(String address, ObjectNode about) {
    var messages = JsonNodeFactory.instance.objectNode();
    messages.putObject("changed").put("$ref", "#/components/messages/bus.changed");
    addChannel("bus", address, address, messages);
    addSending(address, about);
  }

  private void addStream() {
    var messages = JsonNodeFactory.instance.objectNode();
    for (var message : eventMessages) {
      messages.putObject(message).put("$ref", "#/components/messages/" + message);
    }
    addChannel("gateway", STREAM_CHANNEL, STREAM, messages)
        .put(
            "description",
            "Server-Sent Events, the `data` of each of which is a message. The OpenAPI document has"
                + " what the request may say.");
    var about =
        BusOperation.about(
            "Tell events as they happen",
            List.of("A user is told what their token lets them see, in all services."),
            List.of("Events"));
    addSending(STREAM_CHANNEL, BusOperation.secured(about, "userToken"))
        .putObject("bindings")
        .putObject("http")
        .put("method", "GET");
  }

  private ObjectNode addSending(String channel, ObjectNode about) {
    var operation = JsonNodeFactory.instance.objectNode().put("action", "send");
    operation.setAll(about);
    operation.set("channel", BusOperation.reference(channel));
    operations.put(channel, operation);
    return operation;
  }
}
