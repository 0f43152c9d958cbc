package org.tradepost.launcher.data;

import java.util.Map;
import org.tradepost.platform.config.Settings;

/**
 * The account that a new Tradepost starts with.
 *
 * @param generated whether the password was made up, so that no one knows it yet
 */
public record Administrator(String email, String password, boolean generated) {
  public static final String DEFAULT_EMAIL = "admin@tradepost.example";

  /** The one that the operator set, with a password made up if they set none. */
  static Administrator of(Settings settings) {
    var password = settings.text("TRADEPOST_ADMIN_PASSWORD", "");
    return new Administrator(
        settings.text("TRADEPOST_ADMIN_EMAIL", DEFAULT_EMAIL),
        password.isEmpty() ? Secrets.random() : password,
        password.isEmpty());
  }

  /** The settings that make the auth service create it. */
  public Map<String, String> settings() {
    return Map.of("TRADEPOST_ADMIN_EMAIL", email, "TRADEPOST_ADMIN_PASSWORD", password);
  }

  /** Names no password, so that one is never logged by accident. */
  @Override
  public String toString() {
    return "Administrator[" + email + "]";
  }
}
