package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the channels and operations of an AsyncAPI document, sorted by name. */
final class BusChannels {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, JsonNode> channels = new TreeMap<>();
  private final Map<String, JsonNode> operations = new TreeMap<>();

  /** Starts with those that the document already has. */
  BusChannels(JsonNode document) {
    document.path("channels").properties().forEach(c -> channels.put(c.getKey(), c.getValue()));
    document.path("operations").properties().forEach(o -> operations.put(o.getKey(), o.getValue()));
  }

  /** Adds an operation, its request channel and its reply channel. */
  void addOperation(String address, BusOperation operation) {
    var requests = NODES.objectNode();
    requests.set("request", operation.request());
    var replies = NODES.objectNode();
    replies.set("reply", operation.reply());
    replies.set("failure", reference("components", "messages", "bus.failure"));
    var node = NODES.objectNode().put("action", "receive");
    node.setAll(operation.metadata());
    node.setAll(addChannel(address, address, requests));
    // The event bus generates an address for each reply.
    node.set("reply", addChannel(address + ".reply", null, replies));
    operations.put(address, node);
  }

  /** Adds a change notification, which is a published message without content. */
  void addNotification(String address, JsonNode described) {
    var messages = NODES.objectNode();
    messages.set("changed", reference("components", "messages", "bus.changed"));
    var node = NODES.objectNode().put("action", "send");
    node.setAll(
        BusOperation.metadata(
            described.path("summary").asText(),
            List.of(described.path("description").asText()),
            BusOperation.tags(described),
            null));
    node.setAll(addChannel(address, address, messages));
    operations.put(address, node);
  }

  /** Adds a channel of the event bus; returns an operation's references to it and its messages. */
  private ObjectNode addChannel(String name, String address, ObjectNode messages) {
    var channel = NODES.objectNode().put("address", address);
    channel.putArray("servers").add(reference("servers", "bus"));
    channel.set("messages", messages);
    channels.put(name, channel);
    var references = NODES.objectNode();
    references.set("channel", reference("channels", name));
    var used = references.putArray("messages");
    messages
        .properties()
        .forEach(message -> used.add(reference("channels", name, "messages", message.getKey())));
    return references;
  }

  /** Adds a message component to the event stream over HTTP. */
  void addToStream(String message) {
    ((ObjectNode) channels.get("gateway.v1.stream").path("messages"))
        .set(message, reference("components", "messages", message));
  }

  static ObjectNode reference(String... path) {
    var pointer = JsonPointer.empty();
    for (var name : path) {
      pointer = pointer.appendProperty(name);
    }
    return NODES.objectNode().put("$ref", "#" + pointer);
  }

  /** Puts the channels and operations into the document. */
  void addTo(ObjectNode document) {
    document.putObject("channels").setAll(channels);
    document.putObject("operations").setAll(operations);
  }
}
