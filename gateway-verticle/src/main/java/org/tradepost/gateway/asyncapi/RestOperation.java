package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tradepost.gateway.openapi.OpenApiMerge;
import org.tradepost.gateway.openapi.Rejections;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.Authentication;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.description.ParameterDescription;

/** An operation of a REST API, as it is called over the event bus. */
final class RestOperation {

  private final ApiDescription description;
  private final OperationDescription operation;
  private final JsonNode node;

  private RestOperation(ApiDescription description, OperationDescription operation) {
    this.description = description;
    this.operation = operation;
    this.node =
        description
            .document()
            .path("paths")
            .path(operation.path())
            .path(operation.method().toLowerCase(Locale.ROOT));
  }

  static BusOperation of(ApiDescription description, OperationDescription operation) {
    var rest = new RestOperation(description, operation);
    return new BusOperation(rest.metadata(), rest.request(), rest.reply());
  }

  private ObjectNode metadata() {
    return BusOperation.metadata(
        node.path("summary").asText(operation.address()),
        List.of(
            node.path("description").asText(),
            OpenApiMerge.need(operation.roles()),
            operation.authentication() == Authentication.OPTIONAL
                ? "A user's token may come with it."
                : "",
            repetition(),
            BusOperation.rejections(Rejections.of(operation, node))),
        node.path("tags"),
        operation.authenticated() ? "userToken" : null);
  }

  private String repetition() {
    if (!operation.idempotent()) {
      return "";
    }
    // Over HTTP the gateway generates a missing key; on the bus the caller has to send one.
    return operation.parameters().stream()
        .filter(ParameterDescription::generated)
        .findFirst()
        .map(key -> "May be sent again with the same `%s`".formatted(key.field()))
        .orElse("May be sent again")
        .concat(" when the answer is lost.");
  }

  /** The request, with its parameters as header fields. */
  private ObjectNode request() {
    var request = BusMessage.request();
    for (var parameter : operation.parameters()) {
      var pointer = JsonPointer.compile(parameter.schemaPointer()).head();
      var parent = description.document().at(pointer);
      request.header(
          parameter.field(),
          described(parameter.schema(), parent),
          parameter.required(),
          Stream.of(
                  parent.path("example"),
                  parameter.schema().path("example"),
                  parameter.schema().path("default"))
              .filter(example -> !example.isMissingNode())
              .findFirst()
              .orElse(MissingNode.getInstance()));
    }
    return withBody(
        operation.authenticated() ? request.withToken() : request, node.path("requestBody"));
  }

  private ObjectNode reply() {
    var response =
        description.resolve(node.path("responses").path(Integer.toString(operation.status())));
    var reply = BusMessage.reply(response.path("description").asText("The reply"));
    for (var header : response.path("headers").properties()) {
      var field = description.resolve(header.getValue());
      reply.header(
          header.getKey().toLowerCase(Locale.ROOT),
          described(description.resolve(field.path("schema")), field),
          false,
          MissingNode.getInstance());
    }
    return withBody(reply, response);
  }

  private static ObjectNode described(JsonNode schema, JsonNode parent) {
    ObjectNode described = schema.deepCopy();
    if (parent.has("description")) {
      described.set("description", parent.get("description"));
    }
    return described;
  }

  /** Adds the body of a request or a response, in its first content type. */
  private ObjectNode withBody(BusMessage message, JsonNode parent) {
    var content =
        description
            .resolve(parent)
            .path("content")
            .valueStream()
            .findFirst()
            .orElse(MissingNode.getInstance());
    var examples =
        Stream.concat(
            Stream.of(content.path("example")),
            content
                .path("examples")
                .valueStream()
                .map(example -> description.resolve(example).path("value")));
    return message.body(
        content.path("schema"), examples.filter(example -> !example.isMissingNode()).toList());
  }
}
