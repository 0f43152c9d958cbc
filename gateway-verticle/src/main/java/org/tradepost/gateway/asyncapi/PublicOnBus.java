package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Locale;
import java.util.TreeSet;
import org.tradepost.gateway.openapi.OpenApiMerge;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.Authentication;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.description.ParameterDescription;

/** An operation of a REST API, as it is called over the event bus. */
final class PublicOnBus {

  private PublicOnBus() {}

  static BusOperation of(ApiDescription description, OperationDescription operation) {
    var node =
        description
            .document()
            .path("paths")
            .path(operation.path())
            .path(operation.method().toLowerCase(Locale.ROOT));
    return new BusOperation(
        operation.address(),
        about(operation, node),
        RequestsOnBus.of(
            description, operation, BodyOnBus.of(description, node.path("requestBody"))),
        reply(description, node.path("responses").path(Integer.toString(operation.status()))));
  }

  private static ObjectNode about(OperationDescription operation, JsonNode node) {
    var description = new ArrayList<String>();
    description.add(node.path("description").asText());
    if (!operation.roles().isEmpty()) {
      description.add(OpenApiMerge.need(operation.roles()));
    }
    if (operation.authentication() == Authentication.OPTIONAL) {
      description.add("A user's token may come with it.");
    }
    description.add(repetition(operation));
    description.add(refusals(node));
    var tags = new ArrayList<String>();
    node.path("tags").forEach(tag -> tags.add(tag.asText()));
    var title = node.path("summary").asText(operation.address());
    var about = BusOperation.about(title, description, tags);
    return operation.authenticated() ? BusOperation.secured(about, "userToken") : about;
  }

  private static String repetition(OperationDescription operation) {
    if (!operation.idempotent()) {
      return "";
    }
    // Over HTTP the gateway makes the key that a client did not send; here nobody does.
    return operation.parameters().stream()
        .filter(ParameterDescription::generated)
        .findFirst()
        .map(key -> "May be sent again with the same `%s`".formatted(key.field()))
        .orElse("May be sent again")
        .concat(" when the answer is lost.");
  }

  private static String refusals(JsonNode node) {
    var statuses = new TreeSet<String>();
    node.path("responses").fieldNames().forEachRemaining(statuses::add);
    statuses.removeIf(status -> !AsyncApiFrame.isStatus(status));
    return statuses.isEmpty()
        ? ""
        : "Refusals have the status %s.".formatted(String.join(", ", statuses));
  }

  private static BusMessage reply(ApiDescription description, JsonNode response) {
    var body = BodyOnBus.of(description, response);
    var said = description.resolve(response);
    var reply = BusMessage.reply(said.path("description").asText("The reply")).body(body.schema());
    for (var header : said.path("headers").properties()) {
      var field = description.resolve(header.getValue());
      ObjectNode schema = description.resolve(field.path("schema")).deepCopy();
      if (field.has("description")) {
        schema.set("description", field.get("description"));
      }
      reply.header(header.getKey().toLowerCase(Locale.ROOT), schema, false);
    }
    if (!body.schema().isMissingNode()) {
      body.examples().forEach(reply::example);
    }
    return reply;
  }
}
