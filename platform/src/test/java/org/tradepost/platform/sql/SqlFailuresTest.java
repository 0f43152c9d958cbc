package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailuresTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22008", "22P02", "23505", "23514", "42601", "42703", "42P01", "21000", "0A000", "26000",
        "54000", "P0001", "2201X"
      })
  void a_wrong_statement_is_a_fault(String state) {
    assertThat(SqlFailures.isUnavailable(failure(state))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "25006", "25P02", "25P03", "08006", "08P01", "28000", "28P01", "3D000", "40001", "40P01",
        "42501", "53100", "53200", "53300", "55000", "55006", "55P03", "57014", "57P01", "57P03",
        "58030", "72000", "F0000", "XX000", "XX002", "99999", ""
      })
  void everything_else_is_the_server_that_cannot_now(String state) {
    assertThat(SqlFailures.isUnavailable(failure(state))).isTrue();
  }

  @Test
  void a_broken_connection_is_a_server_that_is_unavailable() {
    assertThat(SqlFailures.isUnavailable(new IOException("reset"))).isTrue();
    assertThat(SqlFailures.isUnavailable(VertxException.noStackTrace("closed"))).isTrue();
    assertThat(SqlFailures.isUnavailable(new IllegalStateException("a bug"))).isFalse();
  }

  private static PgException failure(String state) {
    return new PgException("words", "ERROR", state, null);
  }
}
