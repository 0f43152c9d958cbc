package org.tradepost.launcher.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** Compares the records that the code writes and reads with their schemas, field by field. */
final class RecordComparison {
  private static final Map<Class<?>, String> FORMS =
      Map.of(
          String.class, "string",
          UUID.class, "string uuid",
          Instant.class, "string date-time",
          int.class, "integer",
          Integer.class, "integer",
          long.class, "integer",
          Long.class, "integer",
          boolean.class, "boolean",
          Boolean.class, "boolean");

  private final BusDocument document;
  private final List<String> differences = new ArrayList<>();

  RecordComparison(BusDocument document) {
    this.document = document;
  }

  List<String> differences() {
    return differences;
  }

  /**
   * Notes every difference.
   *
   * @param location what the message of a difference names
   */
  RecordComparison compare(Type type, JsonNode described, String location) {
    var schema = document.resolve(described);
    if (schema.has("oneOf")) {
      schema.path("oneOf").forEach(one -> compare(type, one, location));
    } else if (type instanceof ParameterizedType generic) {
      compareGeneric(generic, schema, location);
    } else if (type instanceof Class<?> plain) {
      compareClass(plain, schema, location);
    }
    return this;
  }

  private void compareGeneric(ParameterizedType type, JsonNode schema, String location) {
    var last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    if (type.getRawType() == List.class) {
      expect("array", schema.path("type").asText(), location);
      compare(last, schema.path("items"), location + "[]");
    } else if (type.getRawType() == Map.class) {
      expect("object", schema.path("type").asText(), location);
      compare(last, schema.path("additionalProperties"), location + "{}");
    } else {
      differences.add(location + ": nothing is known of " + type);
    }
  }

  private void compareClass(Class<?> type, JsonNode schema, String location) {
    if (type.isRecord()) {
      compareRecord(type, schema, location);
    } else if (type.isEnum()) {
      var values = new TreeSet<String>();
      schema.path("enum").forEach(value -> values.add(value.asText()));
      var names = new TreeSet<String>();
      Stream.of(type.getEnumConstants()).forEach(constant -> names.add(constant.toString()));
      expect(names, values, location);
    } else if (FORMS.containsKey(type)) {
      expect(FORMS.get(type), form(type, schema), location);
    } else if (type != Object.class && !JsonNode.class.isAssignableFrom(type)) {
      differences.add(location + ": nothing is known of " + type);
    }
  }

  /** The schema of a text may have any format. */
  private static String form(Class<?> type, JsonNode schema) {
    var hasFormat = type == UUID.class || type == Instant.class;
    return (schema.path("type").asText() + " " + (hasFormat ? schema.path("format").asText() : ""))
        .strip();
  }

  private void compareRecord(Class<?> type, JsonNode schema, String location) {
    var fields = new LinkedHashMap<String, Type>();
    for (var component : type.getRecordComponents()) {
      var named = component.getAccessor().getAnnotation(JsonProperty.class);
      fields.put(named == null ? component.getName() : named.value(), component.getGenericType());
    }
    var properties = new TreeSet<String>();
    schema.path("properties").fieldNames().forEachRemaining(properties::add);
    expect(new TreeSet<>(fields.keySet()), properties, location);
    fields.forEach(
        (name, field) -> {
          if (properties.contains(name)) {
            compare(field, schema.path("properties").path(name), location + "." + name);
          }
        });
  }

  private void expect(Object code, Object document, String location) {
    if (!code.equals(document)) {
      differences.add("%s: %s in the code, %s in the document".formatted(location, code, document));
    }
  }
}
