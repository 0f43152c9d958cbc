package org.tradepost.platform.telemetry.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import co.elastic.logging.JsonUtils;
import co.elastic.logging.logback.EcsEncoder;
import java.nio.charset.StandardCharsets;

/** Writes each line as a JSON object with the field names of the Elastic Common Schema. */
final class JsonLogEncoder extends EcsEncoder {

  /** Escapes every character at which some reader may end a line. */
  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = super.encode(event);
    return isAscii(line)
        ? line
        : LogText.escape(new String(line, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isAscii(byte[] line) {
    for (var each : line) {
      if (each < 0 || each == 0x7F) {
        return false;
      }
    }
    return true;
  }

  @Override
  protected void addCustomFields(ILoggingEvent event, StringBuilder line) {
    LogFields.of(event)
        .forEach(
            (name, value) -> {
              line.append('"').append(name).append("\":");
              if (value instanceof Number) {
                line.append(value);
              } else {
                line.append('"');
                JsonUtils.quoteAsString(String.valueOf(value), line);
                line.append('"');
              }
              line.append(',');
            });
  }
}
