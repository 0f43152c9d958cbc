package org.tradepost.platform.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.json.WireJson;

/**
 * A parameter of path, query or header. On the bus it is a message header, or a field of the body.
 *
 * @param name its name in HTTP
 * @param in {@code path}, {@code query} or {@code header}
 * @param field its name on the bus: the HTTP name in camelCase
 * @param required whether it is required
 * @param missing the error when it is required and absent ({@code x-missing})
 * @param generated whether the gateway generates a UUID if none was sent ({@code x-generate})
 * @param schema its schema, with references resolved
 * @param schemaPointer JSON pointer to the schema in the document
 */
public record ParameterDescription(
    String name,
    String in,
    String field,
    boolean required,
    ErrorCode missing,
    boolean generated,
    JsonNode schema,
    String schemaPointer) {

  /** A JSON number. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  static ParameterDescription read(ApiDescription description, JsonNode node, String pointer) {
    var reference = node.path("$ref").asText("");
    var parameter = description.resolve(node);
    var name = ApiDescription.required(parameter, "name");
    var field = camelCase(name);
    // Message headers are case-insensitive: a name that differs only in case would pass for one.
    if (BusHeaders.RESERVED.stream().anyMatch(field::equalsIgnoreCase)) {
      throw new IllegalArgumentException("no parameter may be called " + name);
    }
    return new ParameterDescription(
        name,
        ApiDescription.required(parameter, "in"),
        field,
        parameter.path("required").asBoolean(),
        CommonError.valueOf(parameter.path("x-missing").asText(CommonError.INVALID_REQUEST.name())),
        parameter.path("x-generate").asBoolean(),
        description.resolve(parameter.path("schema")),
        (reference.isEmpty() ? pointer : reference.substring(1)) + "/schema");
  }

  /** JSON pointer to the parameter, for the faults of a request. */
  public String pointer() {
    return pointer(name);
  }

  /** JSON pointer to the parameter with this HTTP name, whether or not it exists. */
  public static String pointer(String name) {
    return RequestCheck.pointer("", name);
  }

  /** The value as JSON: a number or boolean if the schema requires one and the text is one. */
  JsonNode value(String text) {
    var nodes = JsonNodeFactory.instance;
    return switch (schema.path("type").asText("string")) {
      case "integer", "number" ->
          NUMBER.matcher(text).matches() ? number(text) : nodes.textNode(text);
      case "boolean" ->
          text.equals("true") || text.equals("false")
              ? nodes.booleanNode(Boolean.parseBoolean(text))
              : nodes.textNode(text);
      default -> nodes.textNode(text);
    };
  }

  /** Reads a number as in a body. */
  private static JsonNode number(String text) {
    try {
      return WireJson.read(text, JsonNode.class);
    } catch (UncheckedIOException notRepresentable) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  private static String camelCase(String name) {
    var parts = name.split("-", -1);
    var joined = new StringBuilder();
    for (var part : parts) {
      var first = part.substring(0, 1);
      joined.append(
          joined.isEmpty() ? first.toLowerCase(Locale.ROOT) : first.toUpperCase(Locale.ROOT));
      joined.append(part.substring(1));
    }
    return joined.toString();
  }
}
