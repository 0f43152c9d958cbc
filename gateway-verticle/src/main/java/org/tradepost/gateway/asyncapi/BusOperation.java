package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/**
 * An operation on the event bus, for the AsyncAPI document.
 *
 * @param metadata its title, description, tags and security
 * @param reply the reply to a request that is not rejected
 */
record BusOperation(ObjectNode metadata, ObjectNode request, ObjectNode reply) {

  private static final JsonNode INTERNAL = JsonNodeFactory.instance.arrayNode().add("Internal");
  private static final JsonNode NOTHING = AsyncApiFrame.templates("").path("nothing");

  /**
   * Creates an operation that has no HTTP path.
   *
   * @param described its description, as under {@code x-internal}
   * @param token the kind of token that it requires
   */
  static BusOperation of(JsonNode described, String token) {
    var request = described.has("request") ? described.path("request") : NOTHING;
    return new BusOperation(
        metadata(
            described.path("summary").asText(),
            List.of(
                described.path("description").asText(),
                rejections(
                    described.path("refusals").valueStream().map(JsonNode::asText).toList())),
            tags(described),
            token),
        withBody(BusMessage.request().withToken(), request),
        withBody(BusMessage.reply("The reply"), described.path("reply")));
  }

  /** Returns the sentence that lists the codes of rejections; empty if there are none. */
  static String rejections(Collection<String> codes) {
    return codes.isEmpty() ? "" : "May be rejected with %s.".formatted(String.join(", ", codes));
  }

  private static ObjectNode withBody(BusMessage message, JsonNode body) {
    return message.body(
        body.path("schema"), body.has("example") ? List.of(body.get("example")) : List.of());
  }

  /** Returns the tags of an operation or change notification without an HTTP path. */
  static JsonNode tags(JsonNode described) {
    return described.has("tags") ? described.path("tags") : INTERNAL;
  }

  /**
   * Describes an operation or a change notification.
   *
   * @param sentences its description; empty ones are left out
   * @param token the kind of token that it requires, null for none
   */
  static ObjectNode metadata(String title, List<String> sentences, JsonNode tags, String token) {
    var metadata = JsonNodeFactory.instance.objectNode().put("title", title);
    var text = String.join(" ", sentences.stream().filter(part -> !part.isBlank()).toList());
    if (!text.isEmpty()) {
      metadata.put("description", text);
    }
    tags.forEach(tag -> metadata.withArrayProperty("tags").addObject().set("name", tag));
    if (token != null) {
      metadata
          .putArray("security")
          .addObject()
          .put("$ref", "#/components/securitySchemes/" + token);
    }
    return metadata;
  }
}
