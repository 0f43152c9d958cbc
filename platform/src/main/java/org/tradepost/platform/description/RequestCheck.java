package org.tradepost.platform.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.Set;
import org.tradepost.common.error.Faults;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.json.ExactNumbers;
import org.tradepost.common.json.WireText;

/**
 * Checks one part of a request and adds what is wrong with it to the faults.
 *
 * @param in where the part is in HTTP
 * @param prefix JSON pointer to the part
 */
record RequestCheck(Faults faults, String in, String prefix) {

  private static final Set<String> NAMES_A_PROPERTY =
      Set.of("required", "additionalProperties", "unevaluatedProperties");

  void of(JsonSchema schema, JsonNode value) {
    // The enum validator writes a number in full, however large its exponent is.
    if (hasShortNumbers(value)) {
      for (var message : schema.validate(value)) {
        faults.add(() -> new FieldError(in, prefix + pointer(message), detail(message)));
      }
    }
    rejectUnstorable(value, prefix);
  }

  private static boolean hasShortNumbers(JsonNode value) {
    if (value.isBigDecimal()) {
      return ExactNumbers.isShort(value.decimalValue());
    }
    for (var element : value) {
      if (!hasShortNumbers(element)) {
        return false;
      }
    }
    return true;
  }

  /** Rejects text that cannot be stored and numbers that would exhaust the memory in arithmetic. */
  private void rejectUnstorable(JsonNode value, String pointer) {
    if (value.isTextual() && !WireText.isStorable(value.textValue())) {
      add(pointer, "must not contain U+0000 or half a surrogate pair");
    } else if (value.isBigDecimal() && !ExactNumbers.isShort(value.decimalValue())) {
      add(pointer, "is a number of too many digits");
    } else if (value.isObject()) {
      for (var field : value.properties()) {
        if (!WireText.isStorable(field.getKey())) {
          add(pointer, "no name may contain U+0000 or half a surrogate pair");
        }
        rejectUnstorable(field.getValue(), pointer(pointer, field.getKey()));
      }
    } else if (value.isArray()) {
      for (var i = 0; i < value.size(); i++) {
        rejectUnstorable(value.get(i), pointer + "/" + i);
      }
    }
  }

  private void add(String pointer, String detail) {
    faults.add(() -> new FieldError(in, pointer, detail));
  }

  private static String pointer(ValidationMessage message) {
    var at = message.getInstanceLocation().toString();
    return NAMES_A_PROPERTY.contains(message.getType()) && message.getProperty() != null
        ? pointer(at, message.getProperty())
        : at;
  }

  /** JSON pointer to a member of the object at another pointer. */
  static String pointer(String parent, String name) {
    return parent + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private static String detail(ValidationMessage message) {
    return switch (message.getType()) {
      case "required" -> "is required";
      case "additionalProperties", "unevaluatedProperties" -> "is not known here";
      case "format" -> TextFormats.fault(message.getSchemaNode().asText());
      default -> message.getError();
    };
  }
}
