package org.tradepost.launcher.data;

import java.util.Map;
import org.tradepost.platform.config.Settings;

/**
 * The administrator's account that a new Tradepost starts with.
 *
 * @param generated whether the password was generated, so that nobody knows it yet
 */
public record Administrator(String email, String password, boolean generated) {
  public static final String DEFAULT_EMAIL = "admin@tradepost.example";

  /** The administrator in the operator's settings, with a generated password if none is set. */
  static Administrator of(Settings settings) {
    var password = settings.text("TRADEPOST_ADMIN_PASSWORD", "");
    return new Administrator(
        settings.text("TRADEPOST_ADMIN_EMAIL", DEFAULT_EMAIL),
        password.isEmpty() ? Secrets.random() : password,
        password.isEmpty());
  }

  /** The settings that make the auth service create the account. */
  public Map<String, String> settings() {
    return Map.of("TRADEPOST_ADMIN_EMAIL", email, "TRADEPOST_ADMIN_PASSWORD", password);
  }

  /** Omits the password, so that it is never logged by accident. */
  @Override
  public String toString() {
    return "Administrator[" + email + "]";
  }
}
