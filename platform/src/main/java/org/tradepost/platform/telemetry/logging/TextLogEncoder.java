package org.tradepost.platform.telemetry.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes lines for people: time with zone, level, logger, the ids of the request in brackets or a
 * dash, message. Further lines of a message or a stack trace begin with a tab, so that none looks
 * like a new log line.
 */
final class TextLogEncoder extends EncoderBase<ILoggingEvent> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  /** The fields that are shown, with their names in the text. */
  private static final Map<String, String> SHOWN =
      Map.of(
          LogFields.SERVICE, "service",
          LogFields.REQUEST_ID, "request",
          LogFields.TRACE_ID, "trace",
          LogFields.SPAN_ID, "span",
          LogFields.ORDER_ID, "order");

  private final ThrowableProxyConverter stackTrace = new ThrowableProxyConverter();

  @Override
  public void start() {
    stackTrace.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line =
        String.format(
            Locale.ROOT,
            "%s %-5s %s %s %s",
            TIME.format(Instant.ofEpochMilli(event.getTimeStamp())),
            event.getLevel(),
            event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1),
            ids(event),
            (event.getFormattedMessage() + '\n' + stackTrace.convert(event)).stripTrailing());
    return (LogText.escape(line).replace("\n", "\n\t") + '\n').getBytes(StandardCharsets.UTF_8);
  }

  private static String ids(ILoggingEvent event) {
    var fields = LogFields.of(event);
    if (!fields.containsKey(LogFields.REQUEST_ID) && !fields.containsKey(LogFields.ORDER_ID)) {
      return "-";
    }
    return fields.entrySet().stream()
        .filter(field -> SHOWN.containsKey(field.getKey()))
        .map(field -> SHOWN.get(field.getKey()) + "=" + field.getValue())
        .collect(Collectors.joining(" ", "[", "]"));
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
