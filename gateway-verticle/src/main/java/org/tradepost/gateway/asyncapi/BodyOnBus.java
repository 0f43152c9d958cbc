package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import org.tradepost.platform.description.ApiDescription;

/**
 * The body of a request or a reply of a REST API.
 *
 * @param schema its schema as the API description has it, missing when there is no body
 * @param examples of it; of no body, one that is missing
 */
record BodyOnBus(JsonNode schema, List<JsonNode> examples) {

  /** What a request body or a response holds, in the first of its content types. */
  static BodyOnBus of(ApiDescription description, JsonNode holder) {
    var contents = description.resolve(holder).path("content").elements();
    if (!contents.hasNext()) {
      return new BodyOnBus(MissingNode.getInstance(), List.of(MissingNode.getInstance()));
    }
    var content = contents.next();
    var examples = new ArrayList<JsonNode>();
    if (content.has("example")) {
      examples.add(content.get("example"));
    }
    for (var example : content.path("examples")) {
      examples.add(description.resolve(example).path("value"));
    }
    return new BodyOnBus(content.path("schema"), examples);
  }
}
