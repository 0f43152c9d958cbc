package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.ParameterDescription;

/**
 * A parameter of a REST API, as it travels over the event bus.
 *
 * @param field its name there
 * @param required whether it must be there
 * @param schema its schema, with its description
 * @param example a value, missing when the API description has none
 */
record ParameterOnBus(String field, boolean required, ObjectNode schema, JsonNode example) {

  static ParameterOnBus of(ApiDescription description, ParameterDescription parameter) {
    var said = description.document().at(JsonPointer.compile(parameter.schemaPointer()).head());
    ObjectNode schema = parameter.schema().deepCopy();
    if (said.has("description")) {
      schema.set("description", said.get("description"));
    }
    var example = said.path("example");
    if (example.isMissingNode()) {
      example = schema.path("example");
    }
    if (example.isMissingNode()) {
      example = schema.path("default");
    }
    return new ParameterOnBus(parameter.field(), parameter.required(), schema, example);
  }
}
