package org.tradepost.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.auth.AuthFixture.PASSWORD;
import static org.tradepost.common.contract.auth.AccountContract.CHANGE_PASSWORD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.auth.AuthFixture;
import org.tradepost.common.contract.auth.AccountContract.ChangePassword;
import org.tradepost.common.error.FieldError;

class PasswordChangeTest {

  private final AuthFixture auth = AuthFixture.shared();
  private final String email = auth.register();
  private final String token = auth.login(email).accessToken();

  @ParameterizedTest
  @CsvSource({
    PASSWORD + ", must not be the current password",
    "\uFF41 quiet analytical engine, must not be the current password",
    "passwordpassword, must not be a common password",
    "short, must have at least 15 characters",
    "my example password, must not contain a part of the email address that has 5 characters or more"
  })
  void a_password_that_does_not_do_is_rejected_in_words(String password, String fault) {
    assertThat(
            auth.rejected(CHANGE_PASSWORD, token, new ChangePassword(PASSWORD, password)).errors())
        .containsExactly(new FieldError("/newPassword", fault));
    assertThat(auth.login(email)).isNotNull();
  }

  @Test
  void the_new_one_works_in_whatever_form_it_is_typed() {
    var change = new ChangePassword(PASSWORD, "caf\u00E9 au lait, every morning");
    auth.call(CHANGE_PASSWORD, token, change);
    assertThat(auth.login(email, "cafe\u0301 au lait, every morning")).isNotNull();
  }
}
