package org.tradepost.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

  private static final Email ADA = Email.of("Ada.L@example.org");

  private final PasswordPolicy policy = new PasswordPolicy(15);

  @ParameterizedTest
  @ValueSource(strings = {"fifteen letters", "               ", "a long sentence about nothing"})
  void length_is_all_it_takes(String password) {
    assertThat(policy.fault(password, ADA)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fourteen chars", "\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11"})
  void a_short_one_does_not_do(String password) {
    assertThat(policy.fault(password, ADA)).contains("must have at least 15 characters");
  }

  @Test
  void a_long_one_does_not_do() {
    assertThat(policy.fault("x".repeat(128), ADA)).isEmpty();
    assertThat(policy.fault("x".repeat(129), ADA)).contains("must have at most 128 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my ada.l@example.org",
        "MY ADA.L@EXAMPLE.ORG",
        "ada.l is my name, and long",
        "\uFF41\uFF44\uFF41.l is my name, wide"
      })
  void the_email_does_not_do(String password) {
    assertThat(policy.fault(password, ADA)).contains("must not contain the email address");
  }

  @Test
  void a_short_local_part_may_be_chance() {
    assertThat(policy.fault("a password of Ada's own", Email.of("ada@example.org"))).isEmpty();
  }
}
