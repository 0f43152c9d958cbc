package org.tradepost.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantWriterTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-29T00:00:00Z",
        "2026-11-29T23:59:00Z",
        "2026-11-29T23:59:59Z",
        "2026-11-29T00:00:00.100Z",
        "2026-11-29T00:00:00.000001Z",
        "2026-11-29T12:30:00.123456789Z",
        "1969-12-31T23:59:59.999Z",
        "2024-02-29T01:02:03.010Z",
        "2026-11-29T12:30:00.000000001Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void writes_what_it_reads(String time) {
    assertThat(WireJson.writeText(Instant.parse(time))).isEqualTo('"' + time + '"');
    assertThat(WireJson.read('"' + time + '"', Instant.class)).isEqualTo(time);
  }

  /** Such times cannot be read back, but a service still shows those that it has. */
  @ParameterizedTest
  @ValueSource(strings = {"-0001-12-31T23:59:59.999999999Z", "+10000-01-01T00:00:00Z"})
  void writes_years_that_do_not_have_four_digits(String time) {
    assertThat(WireJson.writeText(Instant.parse(time))).isEqualTo('"' + time + '"');
  }
}
