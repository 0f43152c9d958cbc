package org.tradepost.platform.telemetry.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.config.Settings;

/** Log lines in both formats. */
class LogLineTest {

  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("org.tradepost.Some");

  /** Text that a client may send to forge a line or to control the terminal. */
  static List<String> hostileTexts() {
    var line = "2026-01-01T00:00:00.000Z INFO  Some - forged";
    return List.of(
        "x\n" + line,
        "x\r\n" + line,
        "x\r" + line,
        "x\u0085" + line,
        "x\u2028" + line + "\u2029" + line,
        "x\u000b\u000c" + line,
        "\u001b[2J\u001b[31mred\u001b]0;title\u0007",
        "\u009b31m",
        "\"},{\"message\":\"forged\"}\n{\"message\":\"forged\"}",
        "abc\u202edef\u2066ghi\u200b",
        "\u0000\b\u007f",
        "lone \ud800 surrogate",
        "x".repeat(2_000_000) + "\n" + line);
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void a_hostile_text_is_one_object_in_json(String text) {
    var line = encode(new JsonLogEncoder(), event(text, text));
    assertThat(line.lines().toList()).hasSize(1);
    assertThat(line).endsWith("}\n");
    assertThat(line.chars().limit(line.length() - 1))
        .noneMatch(unit -> Character.isISOControl(unit) || unit == 0x2028 || unit == 0x202e);
    var fields = WireJson.read(line, JsonNode.class);
    assertThat(fields.path("message").asText()).isEqualTo("said " + replaced(text));
    assertThat(fields.path("error.message").asText()).isEqualTo(replaced(text));
    assertThat(fields.path("error.stack_trace").asText()).contains("LogLineTest");
  }

  /** UTF-8 has no lone surrogates. */
  private static String replaced(String text) {
    return text.replace('\ud800', '?');
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void of_a_hostile_text_no_line_looks_like_another_record(String text) {
    var lines = encode(new TextLogEncoder(), event(text, text)).split("\n");
    assertThat(lines[0]).matches("(?s)\\d{4}-\\d\\d-\\d\\dT.{10,18} WARN  Some - said .*");
    assertThat(Stream.of(lines).skip(1)).allMatch(line -> line.startsWith("\t"));
    assertThat(String.join("", lines).chars())
        .noneMatch(unit -> (Character.isISOControl(unit) && unit != '\t') || unit == 0x202e);
  }

  @Test
  void a_line_in_json_has_the_names_of_the_schema() {
    LoggingIdentity.set("order", "order-7");
    try {
      var event = event("hello", null);
      event.setKeyValuePairs(
          List.of(
              new KeyValuePair(LogFields.ORDER_ID, "o1"),
              new KeyValuePair(LogFields.DURATION, 12L)));
      var fields = WireJson.read(encode(new JsonLogEncoder(), event), JsonNode.class);
      assertThat(OffsetDateTime.parse(fields.path("@timestamp").asText()).toInstant())
          .isEqualTo(event.getInstant().truncatedTo(ChronoUnit.MILLIS));
      assertThat(fields.path("log.level").asText()).isEqualTo("WARN");
      assertThat(fields.path("log.logger").asText()).isEqualTo("org.tradepost.Some");
      assertThat(fields.path("service.name").asText()).isEqualTo("order");
      assertThat(fields.path("service.node.name").asText()).isEqualTo("order-7");
      assertThat(fields.path("order.id").asText()).isEqualTo("o1");
      assertThat(fields.path("event.duration").longValue()).isEqualTo(12);
      assertThat(fields.has("error.message")).isFalse();
    } finally {
      LoggingIdentity.set("", "");
    }
  }

  @Test
  void a_line_of_text_has_its_time_with_a_zone_and_its_ids() {
    var event = event("hello", null);
    event.addKeyValuePair(new KeyValuePair(LogFields.REQUEST_ID, "r1"));
    event.addKeyValuePair(new KeyValuePair(LogFields.ORDER_ID, "o1"));
    var line = encode(new TextLogEncoder(), event);
    assertThat(line)
        .matches("\\S+ WARN  Some \\[request=r1 order=o1] said hello\n")
        .doesNotContain("null");
    var time = line.substring(0, line.indexOf(' '));
    assertThat(OffsetDateTime.parse(time).toInstant().toEpochMilli())
        .isEqualTo(event.getTimeStamp());
  }

  @Test
  void a_format_that_does_not_exist_is_named() {
    var settings = Settings.of(Map.of("TRADEPOST_LOG_FORMAT", "xml"));
    assertThatThrownBy(() -> Logging.start("order", "order-1", settings))
        .isInstanceOf(Settings.WrongSetting.class)
        .hasMessage("TRADEPOST_LOG_FORMAT must be text or json, not xml");
  }

  private static LoggingEvent event(String text, String failure) {
    var cause = failure == null ? null : new IllegalStateException(failure);
    return new LoggingEvent(
        LogLineTest.class.getName(), LOGGER, Level.WARN, "said {}", cause, new Object[] {text});
  }

  private static String encode(EncoderBase<ILoggingEvent> encoder, ILoggingEvent event) {
    encoder.start();
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }
}
