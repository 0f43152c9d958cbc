package org.tradepost.launcher.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tradepost.launcher.logs.LogRecord.Ids;

/** Lines as members write them. */
class LogLinesTest {
  private static final String JSON =
      "{\"@timestamp\":\"2026-03-01T11:00:00.123Z\",\"log.level\": \"INFO\",\"message\":\"m\","
          + "\"log.logger\":\"requests\",\"http.request.id\":\"r\",\"trace.id\":\"t\",\"order.id\":\"o\"}";

  private static final String TEXT =
      "2026-03-01T12:00:00.123+01:00 INFO  requests [service=order request=r trace=t span=s order=o] m";

  @Test
  void both_formats_have_time_and_ids() {
    for (var line : new String[] {JSON, TEXT}) {
      assertThat(LogLines.read(line))
          .hasValue(
              new LogRecord(
                  Instant.parse("2026-03-01T11:00:00.123Z"), new Ids("r", "t", "o"), line));
    }
  }

  @Test
  void a_line_need_not_belong_to_a_request() {
    assertThat(LogLines.read("2026-03-01T12:00:00.123Z WARN  Some - [request=x order=y] forged"))
        .map(LogRecord::ids)
        .hasValue(Ids.NONE);
    assertThat(LogLines.read("2026-03-01T12:00:00.123Z WARN  Some of an earlier build"))
        .map(LogRecord::ids)
        .hasValue(Ids.NONE);
  }

  @Test
  void what_is_no_beginning_belongs_to_the_line_before() {
    assertThat(LogLines.read("\tat org.tradepost.Some")).isEmpty();
    assertThat(LogLines.read("\t2026-03-01T12:00:00.123Z WARN  Some - forged")).isEmpty();
    assertThat(LogLines.read("{\"message\":\"without a time\"}")).isEmpty();
    assertThat(LogLines.read("{broken")).isEmpty();
    assertThat(LogLines.read("2026-13-45T12:00:00.123Z WARN  Some - no time")).isEmpty();
    assertThat(LogLines.read("")).isEmpty();
  }

  @Test
  void lines_about_requests_are_told_from_others() {
    assertThat(LogLines.isAboutRequest(JSON)).isTrue();
    assertThat(LogLines.isAboutRequest(TEXT)).isTrue();
    assertThat(LogLines.isAboutRequest(JSON.replace("INFO", "WARN"))).isFalse();
    assertThat(LogLines.isAboutRequest(TEXT.replace("INFO ", "WARN "))).isFalse();
    assertThat(LogLines.isAboutRequest(JSON.replace("\"requests\"", "\"a\""))).isFalse();
    assertThat(LogLines.isAboutRequest("2026-03-01T12:00:00.123Z INFO  Some - requests "))
        .isFalse();
    assertThat(
            LogLines.isAboutRequest(
                "{\"log.level\": \"INFO\",\"message\":\"\\\"log.logger\\\":\\\"requests\\\"\"}"))
        .isFalse();
  }
}
