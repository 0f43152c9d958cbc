package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.YamlResource;

/** What the AsyncAPI document contains besides API descriptions ({@code asyncapi/frame.yaml}). */
final class AsyncApiFrame {

  private static final String TEMPLATES = "x-templates";
  private static final ObjectNode FRAME = YamlResource.read("/asyncapi/frame.yaml");

  private AsyncApiFrame() {}

  /** Returns the document without services, for the caller to fill. */
  static ObjectNode document() {
    return FRAME.deepCopy().without(List.of(TEMPLATES));
  }

  /** Returns what is the same for every service, with its name filled in. */
  static JsonNode templates(String service) {
    var quoted = TextNode.valueOf(service).toString();
    var text =
        FRAME
            .path(TEMPLATES)
            .toString()
            .replace("{service}", quoted.substring(1, quoted.length() - 1));
    return WireJson.read(text, JsonNode.class);
  }
}
