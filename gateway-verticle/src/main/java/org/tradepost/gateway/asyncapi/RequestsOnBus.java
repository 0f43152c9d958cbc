package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.OperationDescription;

/**
 * The messages in which an operation of a REST API can be asked for over the event bus: with its
 * parameters as fields of the body, and with its parameters as header fields.
 */
final class RequestsOnBus {

  /** What a schema may say when other fields are to be written beside its own. */
  private static final Set<String> PLAIN =
      Set.of(
          "type",
          "description",
          "properties",
          "required",
          "additionalProperties",
          "minProperties",
          "example");

  private final OperationDescription operation;
  private final List<ParameterOnBus> parameters;
  private final BodyOnBus body;
  private final JsonNode bodySchema;

  private RequestsOnBus(
      ApiDescription description, OperationDescription operation, BodyOnBus body) {
    this.operation = operation;
    this.parameters =
        operation.parameters().stream().map(p -> ParameterOnBus.of(description, p)).toList();
    this.body = body;
    this.bodySchema = description.resolve(body.schema());
  }

  /** The messages by name. */
  static Map<String, BusMessage> of(
      ApiDescription description, OperationDescription operation, BodyOnBus body) {
    var requests = new RequestsOnBus(description, operation, body);
    var messages = new LinkedHashMap<String, BusMessage>();
    if (requests.parameters.isEmpty()) {
      messages.put("request", requests.bodyAlone());
      return messages;
    }
    if (requests.bodyTakesFields()) {
      messages.put("request", requests.allInBody());
    }
    messages.put("requestWithHeaders", requests.withHeaders());
    return messages;
  }

  private BusMessage request(String title) {
    var request = BusMessage.request(title);
    return operation.authenticated() ? request.withToken() : request;
  }

  private BusMessage bodyAlone() {
    var request = request("The request").body(body.schema());
    body.examples().forEach(request::example);
    return request;
  }

  private boolean bodyTakesFields() {
    return bodySchema.isMissingNode()
        || (bodySchema.path("type").asText().equals("object")
            && bodySchema.properties().stream().allMatch(said -> PLAIN.contains(said.getKey()))
            && parameters.stream().noneMatch(p -> bodySchema.path("properties").has(p.field())));
  }

  private BusMessage allInBody() {
    var request = request("The request, all of it in the body").body(joinedSchema());
    var fields = exampleOfParameters();
    if (fields != null) {
      for (var example : body.examples()) {
        var joined = fields.deepCopy();
        example.properties().forEach(field -> joined.set(field.getKey(), field.getValue()));
        request.example(joined);
      }
    }
    return request;
  }

  /** The schema of the body, with the parameters as fields of it. */
  private ObjectNode joinedSchema() {
    var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    if (bodySchema.isMissingNode()) {
      schema.put("additionalProperties", false);
    } else if (bodySchema.has("additionalProperties")) {
      schema.set("additionalProperties", bodySchema.get("additionalProperties"));
    }
    var required = schema.arrayNode();
    var properties = schema.putObject("properties");
    for (var parameter : parameters) {
      properties.set(parameter.field(), parameter.schema());
      if (parameter.required()) {
        required.add(parameter.field());
      }
    }
    bodySchema
        .path("properties")
        .properties()
        .forEach(property -> properties.set(property.getKey(), property.getValue()));
    if (operation.bodyRequired()) {
      bodySchema.path("required").forEach(required::add);
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  private BusMessage withHeaders() {
    var request = request("The request, its parameters as header fields").body(body.schema());
    for (var parameter : parameters) {
      request.header(parameter.field(), parameter.schema(), parameter.required());
    }
    request.header(
        BusHeaders.PARAMETERS,
        JsonNodeFactory.instance
            .objectNode()
            .put("const", BusHeaders.PARAMETERS_AS_HEADERS)
            .put("description", "Says that the body holds no parameters."),
        false);
    var fields = exampleOfParameters();
    if (fields != null) {
      fields.put(BusHeaders.PARAMETERS, BusHeaders.PARAMETERS_AS_HEADERS);
      body.examples().forEach(example -> request.example(fields, example));
    }
    return request;
  }

  /**
   * The parameters that the API description has a value for; null when it has none for a required
   * one.
   */
  private ObjectNode exampleOfParameters() {
    var fields = JsonNodeFactory.instance.objectNode();
    for (var parameter : parameters) {
      if (!parameter.example().isMissingNode()) {
        fields.set(parameter.field(), parameter.example());
      } else if (parameter.required()) {
        return null;
      }
    }
    return fields;
  }
}
