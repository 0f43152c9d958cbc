package org.tradepost.common.face;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.format.PatternFormat;
import com.networknt.schema.regex.RegularExpression;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.common.json.WireText;

/**
 * Reads requests of one operation, and refuses those that do not follow its face, with a pointer
 * for each fault.
 */
public final class RequestContract {

  private static final String DOCUMENT = "https://tradepost.example/face";

  /** The library's own idea of an email knows the top-level domains of some years ago. */
  private static final JsonMetaSchema DIALECT =
      JsonMetaSchema.builder(JsonMetaSchema.getV202012())
          .format(
              PatternFormat.of(
                  "email",
                  "^[^\\s\\p{Cntrl}@]{1,64}@[^\\s\\p{Cntrl}@.]+(\\.[^\\s\\p{Cntrl}@.]+)+\\z",
                  "format.email"))
          .format(new DateTimeFormat())
          .build();

  private static final Set<String> NAMES_A_PROPERTY =
      Set.of("required", "additionalProperties", "unevaluatedProperties");

  private final FaceOperation operation;
  private final Map<String, JsonSchema> parameters = new HashMap<>();
  private final JsonSchema body;

  private RequestContract(FaceOperation operation, JsonSchemaFactory factory) {
    this.operation = operation;
    for (var parameter : operation.parameters()) {
      parameters.put(parameter.field(), schema(factory, parameter.schemaPointer()));
    }
    var pointers = operation.bodyTypes().values().iterator();
    this.body = pointers.hasNext() ? schema(factory, pointers.next()) : null;
  }

  /** The contracts of all operations of a face, by address. */
  public static Map<String, RequestContract> of(Face face) {
    var factory =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder ->
                builder
                    .metaSchema(DIALECT)
                    .schemaLoaders(
                        loaders -> loaders.schemas(Map.of(DOCUMENT, face.document().toString()))));
    var contracts = new HashMap<String, RequestContract>();
    face.operations()
        .forEach(
            (address, operation) ->
                contracts.put(address, new RequestContract(operation, factory)));
    return contracts;
  }

  /**
   * Joins parameters and body into one object, which maps to the operation's request record.
   *
   * @throws ServiceException {@code MALFORMED_JSON}, {@code INVALID_REQUEST}, or what a missing
   *     parameter stands for
   */
  public ObjectNode read(MultiMap headers, Buffer bytes) {
    var sent = bytes == null || bytes.length() == 0 ? null : WireJson.parse(bytes);
    var errors = new ArrayList<FieldError>();
    var values = JsonNodeFactory.instance.objectNode();
    var rest = sent instanceof ObjectNode object ? object : null;
    var holder =
        BusHeaders.PARAMETERS_AS_HEADERS.equals(headers.get(BusHeaders.PARAMETERS)) ? null : rest;
    for (var parameter : operation.parameters()) {
      var value = value(parameter, headers, holder);
      if (value != null) {
        check(parameters.get(parameter.field()), value, "/" + parameter.field(), errors);
        values.set(parameter.field(), value);
      }
    }
    checkBody(sent, errors);
    if (!errors.isEmpty()) {
      throw ServiceException.invalid(errors);
    }
    if (rest != null) {
      rest.properties().forEach(field -> values.set(field.getKey(), field.getValue()));
    }
    return values;
  }

  private static JsonNode value(FaceParameter parameter, MultiMap headers, ObjectNode holder) {
    var text = headers.get(parameter.field());
    if (text != null) {
      return parameter.value(text);
    }
    var field = holder == null ? null : holder.remove(parameter.field());
    if (field != null) {
      return field;
    }
    if (parameter.required()) {
      throw parameter.missing() == ErrorCode.INVALID_REQUEST
          ? ServiceException.invalid("/" + parameter.field(), "is required")
          : new ServiceException(parameter.missing());
    }
    return parameter.schema().get("default");
  }

  private void checkBody(JsonNode sent, List<FieldError> errors) {
    if (body != null) {
      if (sent == null || sent.isMissingNode()) {
        if (operation.bodyRequired()) {
          errors.add(new FieldError("", "a body is required"));
        }
      } else {
        check(body, sent, "", errors);
      }
    } else if (sent instanceof ObjectNode object) {
      object
          .fieldNames()
          .forEachRemaining(name -> errors.add(new FieldError("/" + name, "is not known here")));
    } else if (sent != null) {
      errors.add(new FieldError("", "no body is taken here"));
    }
  }

  private static void check(
      JsonSchema schema, JsonNode value, String prefix, List<FieldError> errors) {
    for (var message : schema.validate(value)) {
      errors.add(new FieldError(prefix + pointer(message), detail(message)));
    }
    refuseUnstorable(value, prefix, errors);
  }

  /** Nobody may send what cannot be stored. */
  private static void refuseUnstorable(JsonNode value, String pointer, List<FieldError> errors) {
    if (value.isTextual() && !WireText.isStorable(value.textValue())) {
      errors.add(new FieldError(pointer, "must not contain U+0000 or half a surrogate pair"));
    } else if (value.isObject()) {
      for (var field : Face.entries(value)) {
        if (!WireText.isStorable(field.getKey())) {
          errors.add(
              new FieldError(pointer, "no name may contain U+0000 or half a surrogate pair"));
        }
        refuseUnstorable(field.getValue(), pointer + "/" + escape(field.getKey()), errors);
      }
    } else if (value.isArray()) {
      for (var i = 0; i < value.size(); i++) {
        refuseUnstorable(value.get(i), pointer + "/" + i, errors);
      }
    }
  }

  private static String pointer(ValidationMessage message) {
    JsonNodePath at = message.getInstanceLocation();
    return NAMES_A_PROPERTY.contains(message.getType()) && message.getProperty() != null
        ? at + "/" + escape(message.getProperty())
        : at.toString();
  }

  private static String detail(ValidationMessage message) {
    return switch (message.getType()) {
      case "required" -> "is required";
      case "additionalProperties", "unevaluatedProperties" -> "is not known here";
      case "format" -> "is not a valid " + message.getSchemaNode().asText();
      default -> message.getError();
    };
  }

  /**
   * The dialect of JSON Schema: its last $ is the very end, Java's also lets a line feed follow.
   */
  private static RegularExpression regularExpression(String text) {
    var closed = text.endsWith("$") && !text.endsWith("\\$");
    var pattern = Pattern.compile(closed ? text.substring(0, text.length() - 1) + "\\z" : text);
    return value -> pattern.matcher(value).find();
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static JsonSchema schema(JsonSchemaFactory factory, String pointer) {
    var config =
        SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .formatAssertionsEnabled(true)
            .regularExpressionFactory(RequestContract::regularExpression)
            .errorMessageKeyword("x-message")
            .locale(Locale.ENGLISH)
            .build();
    var schema = factory.getSchema(SchemaLocation.of(DOCUMENT + "#" + pointer), config);
    schema.initializeValidators();
    return schema;
  }
}
