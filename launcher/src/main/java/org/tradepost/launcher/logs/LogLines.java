package org.tradepost.launcher.logs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tradepost.common.json.WireJson;
import org.tradepost.launcher.logs.LogRecord.Ids;
import org.tradepost.platform.telemetry.logging.LogFields;
import org.tradepost.platform.telemetry.logging.RequestLog;

/** Reads log lines in either format. */
public final class LogLines {
  private static final Pattern TEXT =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(?:Z|[+-]\\d\\d:\\d\\d))"
              + " [A-Z]+ +\\S+ (?:\\[([^\\]]*)] )?.*");

  private static final Pattern TEXT_ABOUT_REQUEST =
      Pattern.compile("\\S+ INFO +" + RequestLog.NAME + " .*");

  /** No value can contain this, because quotation marks in values are escaped. */
  private static final String JSON_ABOUT_REQUEST = "\"log.logger\":\"" + RequestLog.NAME + "\"";

  private static final Pattern JSON_INFO = Pattern.compile("\"log.level\": *\"INFO\"");

  private LogLines() {}

  /** Whether the line is about a single request that did not fail. */
  public static boolean isAboutRequest(String line) {
    return line.startsWith("{")
        ? line.contains(JSON_ABOUT_REQUEST) && JSON_INFO.matcher(line).find()
        : TEXT_ABOUT_REQUEST.matcher(line).matches();
  }

  /** The record that begins with a line; empty if the line continues the previous record. */
  static Optional<LogRecord> read(String line) {
    try {
      return line.startsWith("{") ? json(line) : text(line);
    } catch (UncheckedIOException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<LogRecord> json(String line) {
    var fields = WireJson.read(line, JsonNode.class);
    var ids =
        new Ids(
            fields.path(LogFields.REQUEST_ID).asText(),
            fields.path(LogFields.TRACE_ID).asText(),
            fields.path(LogFields.ORDER_ID).asText());
    return Optional.of(new LogRecord(Instant.parse(fields.path("@timestamp").asText()), ids, line));
  }

  private static Optional<LogRecord> text(String line) {
    var parts = TEXT.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var time = OffsetDateTime.parse(parts.group(1)).toInstant();
    var ids = Optional.ofNullable(parts.group(2)).map(LogLines::ids).orElse(Ids.NONE);
    return Optional.of(new LogRecord(time, ids, line));
  }

  private static Ids ids(String written) {
    Map<String, String> ids =
        Stream.of(written.split(" "))
            .map(pair -> pair.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, again) -> first));
    return new Ids(
        ids.getOrDefault("request", ""),
        ids.getOrDefault("trace", ""),
        ids.getOrDefault("order", ""));
  }
}
