package org.tradepost.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.OperationDescription;

/** Every text in a request body has a rule for its characters, so that none is invisible. */
class ReadableFieldsTest {
  private static final List<String> SERVICES = Services.BUILT_IN.names();

  /** Formats whose values cannot contain invisible characters, or are never shown. */
  private static final Set<String> FORMATS =
      Set.of("uuid", "date-time", "idn-email", "line", "text", "password");

  /** Values that are looked up unchanged, so that accounts of an earlier build stay usable. */
  private static final Set<String> LOOKED_UP = Set.of("/email of login", "/refresh_token");

  private final List<String> open = new ArrayList<>();

  @Test
  void no_text_of_a_body_is_without_a_rule() {
    for (var service : SERVICES) {
      var description = ApiDescription.load(service);
      for (var operation : description.operations().values()) {
        var node =
            description
                .document()
                .path("paths")
                .path(operation.path())
                .path(operation.method().toLowerCase(Locale.ROOT));
        for (var content : description.resolve(node.path("requestBody")).path("content")) {
          walk(description, operation, content.path("schema"), "");
        }
      }
    }
    assertThat(open).isEmpty();
  }

  private void walk(
      ApiDescription description, OperationDescription operation, JsonNode schema, String pointer) {
    var resolved = description.resolve(schema);
    if (isText(resolved) && !hasCharacterRule(resolved) && !isLookedUp(operation, pointer)) {
      open.add(operation.address() + pointer);
    }
    resolved
        .path("properties")
        .properties()
        .forEach(
            field ->
                walk(description, operation, field.getValue(), pointer + "/" + field.getKey()));
    for (var inner : List.of("items", "additionalProperties", "propertyNames")) {
      if (resolved.path(inner).isObject()) {
        walk(description, operation, resolved.path(inner), pointer + "/" + inner);
      }
    }
  }

  private static boolean isText(JsonNode schema) {
    return schema.path("type").toString().contains("\"string\"");
  }

  private static boolean hasCharacterRule(JsonNode schema) {
    // A pattern that begins with the allowed characters, as opposed to the forbidden ones.
    return schema.has("enum")
        || schema.path("pattern").asText().matches("\\^\\[[A-Za-z0-9].*")
        || FORMATS.contains(schema.path("format").asText());
  }

  private static boolean isLookedUp(OperationDescription operation, String pointer) {
    var name = operation.address().equals("auth.v1.login") ? pointer + " of login" : pointer;
    return LOOKED_UP.contains(name);
  }
}
