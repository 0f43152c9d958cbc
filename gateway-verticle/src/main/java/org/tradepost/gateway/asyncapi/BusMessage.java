package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tradepost.common.bus.BusHeaders;

/** A message of the AsyncAPI document in the making: header fields, body and examples. */
final class BusMessage {

  private static final String HEADERS = "bus.Headers";

  private final ObjectNode node = JsonNodeFactory.instance.objectNode();
  private final ObjectNode fields = JsonNodeFactory.instance.objectNode();
  private final ArrayNode required = JsonNodeFactory.instance.arrayNode();
  private final boolean request;
  private boolean token;

  private BusMessage(String name, String title, boolean request) {
    node.put("name", name).put("title", title);
    this.request = request;
  }

  /** A request, which may have all header fields of the bus. */
  static BusMessage request(String title) {
    return new BusMessage("request", title, true);
  }

  /** A reply, which has no header fields but its own. */
  static BusMessage reply(String title) {
    return new BusMessage("reply", title, false);
  }

  /** Says that it comes with a token. */
  BusMessage withToken() {
    token = true;
    required.add(BusHeaders.AUTHORIZATION);
    return this;
  }

  BusMessage header(String field, JsonNode schema, boolean mustBeThere) {
    fields.set(field, schema);
    if (mustBeThere) {
      required.add(field);
    }
    return this;
  }

  /** Says what its body holds; nothing when the schema is missing. */
  BusMessage body(JsonNode schema) {
    if (!schema.isMissingNode()) {
      node.set("payload", schema);
    }
    return this;
  }

  /**
   * Adds an example, unless there is nothing in it.
   *
   * @param headers header fields beside the token
   * @param body the body; it is left out when it is missing
   */
  BusMessage example(ObjectNode headers, JsonNode body) {
    var all = headers.deepCopy();
    if (token) {
      all.set(
          BusHeaders.AUTHORIZATION,
          AsyncApiFrame.schema(HEADERS).at("/properties/authorization/examples/0"));
    }
    var example = node.objectNode();
    if (!all.isEmpty()) {
      example.set("headers", all);
    }
    if (!body.isMissingNode()) {
      example.set("payload", body);
    }
    if (!example.isEmpty()) {
      node.withArrayProperty("examples").add(example);
    }
    return this;
  }

  BusMessage example(JsonNode body) {
    return example(node.objectNode(), body);
  }

  ObjectNode node() {
    if (!request && fields.isEmpty()) {
      return node;
    }
    var headers = node.putObject("headers").put("type", "object");
    if (request) {
      headers.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + HEADERS);
    }
    if (!fields.isEmpty()) {
      headers.set("properties", fields);
    }
    if (!required.isEmpty()) {
      headers.set("required", required);
    }
    return node;
  }
}
