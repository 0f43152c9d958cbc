package org.tradepost.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.auth.passwords.PasswordPolicy;
import org.tradepost.auth.sessions.TokenLifetimes;
import org.tradepost.platform.config.Settings;

class AuthConfigTest {

  @Test
  void what_is_not_set_has_a_default() {
    var config = config(Map.of());
    assertThat(config.passwords()).isEqualTo(new PasswordPolicy(15));
    assertThat(config.lifetimes())
        .isEqualTo(new TokenLifetimes(Duration.ofMinutes(15), Duration.ofDays(30)));
    assertThat(config.administrator()).isEmpty();
  }

  @Test
  void an_administrator_needs_a_password_alone() {
    var config = config(Map.of("TRADEPOST_ADMIN_PASSWORD", AuthFixture.ADMIN_PASSWORD));
    assertThat(config.administrator().orElseThrow().email().address())
        .isEqualTo("admin@tradepost.example");
  }

  @Test
  void no_log_shows_the_administrators_password() {
    var config = config(Map.of("TRADEPOST_ADMIN_PASSWORD", AuthFixture.ADMIN_PASSWORD));
    assertThat(config.administrator().toString()).doesNotContain(AuthFixture.ADMIN_PASSWORD);
  }

  @ParameterizedTest
  @CsvSource({
    "TRADEPOST_PASSWORD_MIN_LENGTH, 7",
    "TRADEPOST_PASSWORD_MIN_LENGTH, 65",
    "TRADEPOST_PASSWORD_MIN_LENGTH, many",
    "TRADEPOST_PASSWORD_HASHING_LIMIT, 0",
    "TRADEPOST_ACCESS_TOKEN_SECONDS, 59",
    "TRADEPOST_ACCESS_TOKEN_SECONDS, 3601",
    "TRADEPOST_REFRESH_TOKEN_DAYS, 0",
    "TRADEPOST_ADMIN_EMAIL, nobody",
    "TRADEPOST_ADMIN_EMAIL, a b@example.org",
    "TRADEPOST_ADMIN_EMAIL, ada@example",
    "TRADEPOST_ADMIN_EMAIL, a\u200Bda@example.org",
    "TRADEPOST_ADMIN_PASSWORD, short",
    "TRADEPOST_ADMIN_PASSWORD, passwordpassword",
    "TRADEPOST_ADMIN_PASSWORD, the keys of tradepost",
  })
  void a_wrong_setting_is_named(String name, String value) {
    assertThatThrownBy(() -> config(Map.of(name, value)))
        .isInstanceOf(Settings.WrongSetting.class)
        .hasMessageStartingWith(name + " ");
  }

  private static AuthConfig config(Map<String, String> values) {
    var all =
        new HashMap<>(
            Map.of(
                "TRADEPOST_DATABASE_URL", "postgresql://localhost/auth",
                "TRADEPOST_DATABASE_USER", "auth",
                "TRADEPOST_DATABASE_PASSWORD", "secret"));
    all.putAll(values);
    return AuthConfig.from(Settings.of(all));
  }
}
