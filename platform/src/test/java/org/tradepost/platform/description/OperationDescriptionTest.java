package org.tradepost.platform.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.common.json.WireJson;

class OperationDescriptionTest {

  @Test
  void an_operation_has_no_limit_for_each_client_unless_told() {
    assertThat(operation("x-other", "1").clientLimit()).isZero();
    assertThat(operation("x-client-limit", "20").clientLimit()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x-client-limit|0",
        "x-client-limit|-1",
        "x-client-limit|1.5",
        "x-client-limit|\"20\"",
        "x-client-limit|true",
        "x-client-limit|null",
        "x-client-limit|3000000000",
        "x-cache|0",
        "x-cache|\"soon\"",
        "x-idempotent|\"sometimes\""
      })
  void a_wrong_extension_is_rejected_by_its_name(String extension, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> operation(extension, value))
        .withMessageStartingWith(extension + " is ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|NONE",
        "[{\"bearer\":[]}]|REQUIRED",
        "[{\"bearer\":[\"admin\"]}]|REQUIRED",
        "[{},{\"bearer\":[]}]|OPTIONAL",
        "[{\"bearer\":[]},{}]|OPTIONAL"
      })
  void security_says_whether_a_token_is_needed(String security, Authentication authentication) {
    assertThat(operation("security", security).authentication()).isEqualTo(authentication);
  }

  @Test
  void no_role_can_be_needed_of_nobody() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> operation("security", "[{},{\"bearer\":[\"admin\"]}]"))
        .withMessage("security needs roles [admin], or no token");
  }

  private static OperationDescription operation(String extension, String value) {
    var description = ApiDescription.load("greeting").document().<ObjectNode>deepCopy();
    var operation = (ObjectNode) description.at("/paths/~1v1~1secrets/get");
    operation.set(extension, WireJson.read(value, JsonNode.class));
    return ApiDescription.read(WireJson.write(description)).operations().get("greeting.v1.secret");
  }
}
