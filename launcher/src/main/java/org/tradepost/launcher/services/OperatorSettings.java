package org.tradepost.launcher.services;

import java.util.HashMap;
import java.util.Map;
import org.tradepost.platform.config.Settings;

/** Checks the operator's settings before anything is started. */
public final class OperatorSettings {

  /** Valid values for settings that the launcher itself sets later. */
  private static final Map<String, String> PLACEHOLDERS =
      Map.of(
          "TRADEPOST_DATABASE_URL", "postgresql://127.0.0.1/database",
          "TRADEPOST_DATABASE_USER", "user",
          "TRADEPOST_DATABASE_PASSWORD", "password",
          "TRADEPOST_HTTP_HOST", "127.0.0.1",
          "TRADEPOST_HTTP_PORT", "0");

  private OperatorSettings() {}

  /**
   * Reads the settings as each built-in service will.
   *
   * @throws Settings.WrongSetting naming the first setting that is wrong
   */
  public static void check(Settings operator) {
    var values = new HashMap<>(operator.values());
    values.putAll(PLACEHOLDERS);
    var settings = Settings.of(values);
    Services.BUILT_IN.all().forEach(service -> service.program().configure(settings));
  }
}
