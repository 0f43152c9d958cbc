package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tradepost.platform.description.DescriptionQuery;

/** What services ask of each other over the event bus, with their own tokens. */
final class InternalOnBus {

  private static final String TAG = "Internal";

  private InternalOnBus() {}

  /** An operation that an API description describes in {@code x-internal}. */
  static BusOperation of(String address, JsonNode said) {
    var description = new ArrayList<String>();
    description.add(said.path("description").asText());
    var refusals = new ArrayList<String>();
    said.path("refusals").forEach(code -> refusals.add(code.asText()));
    if (!refusals.isEmpty()) {
      description.add("May be refused with %s.".formatted(String.join(", ", refusals)));
    }
    return of(
        address,
        BusOperation.about(said.path("summary").asText(), description, List.of(TAG)),
        said.has("request") ? said.path("request") : nothing(),
        said.path("reply"));
  }

  /** The operation by which every service gives its API description. */
  static BusOperation ofDescription(String service) {
    var reply = JsonNodeFactory.instance.objectNode();
    reply
        .putObject("schema")
        .put("type", "object")
        .put("description", "An OpenAPI 3.1 document with the extensions of Tradepost.");
    var about =
        BusOperation.about(
            "Read the API description of " + service,
            List.of("What the service offers, for the gateway to serve."),
            List.of(TAG));
    return of(DescriptionQuery.of(service).address(), about, nothing(), reply);
  }

  /**
   * An operation for service tokens.
   *
   * @param request its schema, and an example if there is one
   * @param reply the same of the reply
   */
  static BusOperation of(String address, ObjectNode about, JsonNode request, JsonNode reply) {
    return new BusOperation(
        address,
        BusOperation.secured(about, "serviceToken"),
        Map.of("request", filled(BusMessage.request("The request").withToken(), request)),
        filled(BusMessage.reply("The reply"), reply));
  }

  private static BusMessage filled(BusMessage message, JsonNode said) {
    var filled = message.body(said.path("schema"));
    return said.has("example") ? filled.example(said.path("example")) : filled;
  }

  private static ObjectNode nothing() {
    var nothing = JsonNodeFactory.instance.objectNode();
    nothing
        .putObject("schema")
        .put("type", "object")
        .put("description", "An object, for there is nothing to say.");
    nothing.putObject("example");
    return nothing;
  }
}
