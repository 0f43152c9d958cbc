package org.tradepost.platform.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.regex.RegularExpression;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.Faults;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;

/**
 * Reads the requests for one operation, and rejects those that do not follow its API description,
 * with a JSON pointer for each fault.
 */
public final class RequestSchema {

  private static final String DOCUMENT = "https://tradepost.example/description";

  private static final JsonMetaSchema DIALECT =
      TextFormats.addTo(JsonMetaSchema.builder(JsonMetaSchema.getV202012())).build();

  private final OperationDescription operation;
  private final Map<String, JsonSchema> parameters = new HashMap<>();
  private final JsonSchema body;

  private RequestSchema(OperationDescription operation, JsonSchemaFactory factory) {
    this.operation = operation;
    for (var parameter : operation.parameters()) {
      parameters.put(parameter.field(), schema(factory, parameter.schemaPointer()));
    }
    var pointers = operation.bodyTypes().values().iterator();
    this.body = pointers.hasNext() ? schema(factory, pointers.next()) : null;
  }

  /** The schemas of all operations of an API description, by address. */
  public static Map<String, RequestSchema> of(ApiDescription description) {
    var factory =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder ->
                builder
                    .metaSchema(DIALECT)
                    .schemaLoaders(
                        loaders ->
                            loaders.schemas(Map.of(DOCUMENT, description.document().toString()))));
    var schemas = new HashMap<String, RequestSchema>();
    description
        .operations()
        .forEach(
            (address, operation) -> schemas.put(address, new RequestSchema(operation, factory)));
    return schemas;
  }

  /**
   * Joins parameters and body into one object, which maps to the operation's request record.
   *
   * @throws ServiceException {@code MALFORMED_JSON}, {@code INVALID_REQUEST}, or the error of a
   *     missing parameter
   */
  public ObjectNode read(MultiMap headers, Buffer bytes) {
    var sent = bytes == null || bytes.length() == 0 ? null : WireJson.parse(bytes);
    var faults = new Faults();
    var values = JsonNodeFactory.instance.objectNode();
    var rest = sent instanceof ObjectNode object ? object : null;
    var holder =
        BusHeaders.PARAMETERS_AS_HEADERS.equals(headers.get(BusHeaders.PARAMETERS)) ? null : rest;
    for (var parameter : operation.parameters()) {
      var value = value(parameter, headers, holder, faults);
      if (value != null) {
        var schema = parameters.get(parameter.field());
        new RequestCheck(faults, parameter.in(), parameter.pointer()).of(schema, value);
        values.set(parameter.field(), value);
      }
    }
    checkBody(sent, faults);
    faults.check();
    if (rest != null) {
      rest.properties().forEach(field -> values.set(field.getKey(), field.getValue()));
    }
    return values;
  }

  /** The rejection with each fault of a parameter located as in the API description. */
  public ServiceException located(ServiceException rejection) {
    return rejection.withFaults(this::located);
  }

  private FieldError located(FieldError fault) {
    return operation.parameters().stream()
        .filter(parameter -> fault.pointer().equals("/" + parameter.field()))
        .map(parameter -> new FieldError(parameter.in(), parameter.pointer(), fault.detail()))
        .findFirst()
        .orElse(fault);
  }

  private static JsonNode value(
      ParameterDescription parameter, MultiMap headers, ObjectNode holder, Faults faults) {
    var text = headers.get(parameter.field());
    if (text != null) {
      return parameter.value(text);
    }
    var field = holder == null ? null : holder.remove(parameter.field());
    if (field != null) {
      return field;
    }
    if (parameter.required()) {
      if (parameter.missing() != CommonError.INVALID_REQUEST) {
        throw new ServiceException(parameter.missing());
      }
      faults.add(() -> new FieldError(parameter.in(), parameter.pointer(), "is required"));
    }
    return parameter.schema().get("default");
  }

  private void checkBody(JsonNode sent, Faults faults) {
    if (body != null) {
      if (sent == null || sent.isMissingNode()) {
        if (operation.bodyRequired()) {
          faults.add(() -> new FieldError("", "a body is required"));
        }
      } else {
        new RequestCheck(faults, FieldError.BODY, "").of(body, sent);
      }
    } else if (sent instanceof ObjectNode object) {
      for (var field : object.properties()) {
        faults.add(
            () -> new FieldError(RequestCheck.pointer("", field.getKey()), "is not known here"));
      }
    } else if (sent != null) {
      faults.add(() -> new FieldError("", "no body is taken here"));
    }
  }

  /**
   * Compiles a pattern of JSON Schema: a final $ is the very end; in Java, a line feed may follow.
   */
  private static RegularExpression regularExpression(String text) {
    var closed = text.endsWith("$") && !text.endsWith("\\$");
    var pattern = Pattern.compile(closed ? text.substring(0, text.length() - 1) + "\\z" : text);
    return value -> pattern.matcher(value).find();
  }

  private static JsonSchema schema(JsonSchemaFactory factory, String pointer) {
    var config =
        SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .formatAssertionsEnabled(true)
            .regularExpressionFactory(RequestSchema::regularExpression)
            .errorMessageKeyword("x-message")
            .locale(Locale.ENGLISH)
            .build();
    var schema = factory.getSchema(SchemaLocation.of(DOCUMENT + "#" + pointer), config);
    schema.initializeValidators();
    return schema;
  }
}
