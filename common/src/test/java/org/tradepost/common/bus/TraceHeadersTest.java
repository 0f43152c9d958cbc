package org.tradepost.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** These headers come from clients and are written into logs and databases. */
class TraceHeadersTest {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "Az09._-",
        "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void an_id_has_letters_digits_and_three_signs(String id) {
    assertThat(requestId(id)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a\n",
        "a/b",
        "é",
        "٣",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void anything_else_is_no_id(String text) {
    assertThat(requestId(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {TRACE, "00-00000000000000000000000000000001-0000000000000001-00"})
  void a_trace_is_of_version_00(String trace) {
    assertThat(traceparent(trace)).isEqualTo(trace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-0-0-0",
        TRACE + "1",
        TRACE + "\n",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7+01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736+00f067aa0ba902b7-01"
      })
  void anything_else_is_no_trace(String text) {
    assertThat(traceparent(text)).isNull();
  }

  private static String requestId(String id) {
    var headers = MultiMap.caseInsensitiveMultiMap().add(BusHeaders.REQUEST_ID, id);
    return TraceHeaders.requestId(headers, BusHeaders.REQUEST_ID).orElse(null);
  }

  private static String traceparent(String trace) {
    var headers = MultiMap.caseInsensitiveMultiMap().add(BusHeaders.TRACEPARENT, trace);
    return TraceHeaders.traceparent(headers).orElse(null);
  }
}
