package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tradepost.common.bus.BusHeaders;

/** Builds a message of the AsyncAPI document: header fields, body and examples. */
final class BusMessage {

  private static final JsonNode TOKEN =
      AsyncApiFrame.document()
          .at("/components/schemas/bus.Headers/properties/authorization/examples/0");

  private final ObjectNode node = JsonNodeFactory.instance.objectNode();
  private final ObjectNode headers = node.objectNode();

  /** The header fields of every example; null if a required field has no example. */
  private ObjectNode exampleHeaders = node.objectNode();

  private BusMessage(String name, String title) {
    node.put("name", name).put("title", title);
    headers.put("type", "object");
  }

  /** Starts a request, which may have any header field of the bus. */
  static BusMessage request() {
    var request = new BusMessage("request", "The request");
    request.headers.putArray("allOf").addObject().put("$ref", "#/components/schemas/bus.Headers");
    return request;
  }

  /** Starts a reply, which has only the header fields that are added to it. */
  static BusMessage reply(String title) {
    return new BusMessage("reply", title);
  }

  /** Adds the required header field for a token. */
  BusMessage withToken() {
    return header(BusHeaders.AUTHORIZATION, MissingNode.getInstance(), true, TOKEN);
  }

  /**
   * Adds a header field.
   *
   * @param schema missing if the header fields of the bus include it
   * @param example missing if there is none
   */
  BusMessage header(String field, JsonNode schema, boolean required, JsonNode example) {
    if (!schema.isMissingNode()) {
      headers.withObjectProperty("properties").set(field, schema);
    }
    if (required) {
      headers.withArrayProperty("required").add(field);
    }
    if (example.isMissingNode()) {
      exampleHeaders = required ? null : exampleHeaders;
    } else if (exampleHeaders != null) {
      exampleHeaders.set(field, example);
    }
    return this;
  }

  /**
   * Adds the body and returns the message.
   *
   * @param schema missing if there is no body
   */
  ObjectNode body(JsonNode schema, List<JsonNode> examples) {
    if (headers.size() > 1) {
      node.set("headers", headers);
    }
    if (schema.isMissingNode()) {
      addExample(schema);
    } else {
      node.set("payload", schema);
      examples.forEach(this::addExample);
    }
    return node;
  }

  private void addExample(JsonNode body) {
    if (exampleHeaders == null || (exampleHeaders.isEmpty() && body.isMissingNode())) {
      return;
    }
    var example = node.withArrayProperty("examples").addObject();
    if (!exampleHeaders.isEmpty()) {
      example.set("headers", exampleHeaders);
    }
    if (!body.isMissingNode()) {
      example.set("payload", body);
    }
  }
}
