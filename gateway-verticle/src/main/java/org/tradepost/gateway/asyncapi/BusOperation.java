package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;

/**
 * A request on the event bus with its reply, for the AsyncAPI document.
 *
 * @param address where it is sent
 * @param about title, description, tags and security
 * @param requests what may be sent there, by name: one message in one form or another
 * @param reply what comes back unless it is refused
 */
record BusOperation(
    String address, ObjectNode about, Map<String, BusMessage> requests, BusMessage reply) {

  /** The messages that may come back. */
  ObjectNode replies() {
    var replies = JsonNodeFactory.instance.objectNode();
    replies.set("reply", reply.node());
    replies.putObject("failure").put("$ref", "#/components/messages/bus.failure");
    return replies;
  }

  /** The channel by which it answers; the event bus makes up its address for each request. */
  String replyChannel() {
    return address + ".reply";
  }

  /** The operation, as the services do it. */
  ObjectNode operation() {
    var operation = JsonNodeFactory.instance.objectNode().put("action", "receive");
    operation.setAll(about);
    operation.set("channel", reference(address));
    requests
        .keySet()
        .forEach(name -> operation.withArrayProperty("messages").add(reference(address, name)));
    var back = operation.putObject("reply");
    back.set("channel", reference(replyChannel()));
    back.putArray("messages")
        .add(reference(replyChannel(), "reply"))
        .add(reference(replyChannel(), "failure"));
    return operation;
  }

  static ObjectNode reference(String channel) {
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/channels/" + escape(channel));
  }

  static ObjectNode reference(String channel, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("$ref", "#/channels/%s/messages/%s".formatted(escape(channel), escape(message)));
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** What is said about an operation; parts of the description that are empty are left out. */
  static ObjectNode about(String title, Collection<String> description, Collection<String> tags) {
    var about = JsonNodeFactory.instance.objectNode().put("title", title);
    var text = String.join(" ", description.stream().filter(part -> !part.isBlank()).toList());
    if (!text.isEmpty()) {
      about.put("description", text);
    }
    tags.forEach(tag -> about.withArrayProperty("tags").addObject().put("name", tag));
    return about;
  }

  /** Adds the kind of token that it takes. */
  static ObjectNode secured(ObjectNode about, String scheme) {
    about.putArray("security").addObject().put("$ref", "#/components/securitySchemes/" + scheme);
    return about;
  }
}
