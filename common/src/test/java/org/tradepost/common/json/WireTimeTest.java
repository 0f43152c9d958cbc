package org.tradepost.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-29T09:08:07Z, 2026-11-29T09:08:07Z",
    "2026-11-29t09:08:07z, 2026-11-29T09:08:07Z",
    "2026-11-29T09:08:07.5Z, 2026-11-29T09:08:07.500Z",
    "2026-11-29T09:08:07.000000001Z, 2026-11-29T09:08:07.000000001Z",
    "2026-11-29T09:08:07.123456+05:30, 2026-11-29T03:38:07.123456Z",
    "2026-11-29T09:08:07-00:00, 2026-11-29T09:08:07Z",
    "2026-11-29T09:08:07-23:59, 2026-11-30T09:07:07Z",
    "0000-01-01T00:00:00+23:59, -0001-12-31T00:01:00Z",
    "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "2016-12-31T15:59:60.25-08:00, 2017-01-01T00:00:00.250Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z"
  })
  void reads_times_of_rfc_3339(String text, Instant time) {
    assertThat(WireTime.read(text)).isEqualTo(time);
    assertThat(WireTime.isTime(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-11-29",
        "2026-11-29T09:08:07",
        "2026-11-29T09:08Z",
        "2026-11-29 09:08:07Z",
        "2026-11-29T09:08:07.Z",
        "2026-11-29T09:08:07,5Z",
        "2026-11-29T09:08:07.1234567890Z",
        "2026-11-29T09:08:07ZZ",
        "2026-11-29T09:08:07Z ",
        " 2026-11-29T09:08:07Z",
        "2026-11-29T09:08:07+24:00",
        "2026-11-29T09:08:07+05:60",
        "2026-11-29T09:08:07+0530",
        "2026-11-29T09:08:07+05",
        "2026-11-29T09:08:07+05:30Z",
        "2026-11-29T24:00:00Z",
        "2026-11-29T09:60:00Z",
        "2026-11-29T09:08:61Z",
        "2026-11-29T09:08:60Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "+2026-11-29T09:08:07Z",
        "12026-11-29T09:08:07Z",
        "-026-11-29T09:08:07Z",
        "٢٠٢٦-١١-٢٩T٠٩:٠٨:٠٧Z"
      })
  void rejects_everything_else(String text) {
    assertThat(WireTime.isTime(text)).isFalse();
    assertThatThrownBy(() -> WireTime.read(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void reads_what_it_is_written_as() {
    var time = Instant.parse("2026-11-29T09:08:07.654321Z");
    assertThat(WireTime.read(time.toString())).isEqualTo(time);
  }
}
