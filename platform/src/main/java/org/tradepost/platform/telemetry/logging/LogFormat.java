package org.tradepost.platform.telemetry.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.Locale;
import org.tradepost.platform.config.Settings;

/** The formats of a log. */
enum LogFormat {
  TEXT,
  JSON;

  private static final String SETTING = "TRADEPOST_LOG_FORMAT";

  /**
   * The configured format.
   *
   * @throws Settings.WrongSetting when there is no such format
   */
  static LogFormat of(Settings settings) {
    var name = settings.text(SETTING, "text");
    for (var format : values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
        return format;
      }
    }
    throw new Settings.WrongSetting(SETTING, "must be text or json, not " + name);
  }

  EncoderBase<ILoggingEvent> encoder() {
    return this == JSON ? new JsonLogEncoder() : new TextLogEncoder();
  }
}
