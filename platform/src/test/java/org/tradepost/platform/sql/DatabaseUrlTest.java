package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.SslMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.sql.DatabaseUrl.Host;

class DatabaseUrlTest {

  @Test
  void a_plain_one_connects_in_the_clear_to_any_server() {
    var url = DatabaseUrl.of("URL", "postgresql://db.example/orders");
    assertThat(url.hosts()).containsExactly(new Host("db.example", 5432));
    assertThat(url.name()).isEqualTo("orders");
    assertThat(url.tls().mode()).isEqualTo(SslMode.DISABLE);
    assertThat(url.writable()).isFalse();
    assertThat(url.jdbcUrl())
        .isEqualTo(
            "jdbc:postgresql://db.example:5432/orders"
                + "?connectTimeout=3&loginTimeout=3&tcpKeepAlive=true&sslmode=disable");
  }

  @Test
  void several_hosts_and_addresses_are_read() {
    var url =
        DatabaseUrl.of(
            "URL",
            "postgresql://a:5433,[::1]:5434,10.0.0.7/o?target_session_attrs=read-write"
                + "&connect_timeout=7");
    assertThat(url.hosts())
        .containsExactly(new Host("a", 5433), new Host("::1", 5434), new Host("10.0.0.7", 5432));
    assertThat(url.writable()).isTrue();
    assertThat(url.connectSeconds()).isEqualTo(7);
    assertThat(url.jdbcUrl())
        .startsWith("jdbc:postgresql://a:5433,[::1]:5434,10.0.0.7:5432/o?")
        .contains("targetServerType=primary");
  }

  @Test
  void a_name_is_decoded() {
    var url = DatabaseUrl.of("URL", "postgresql://h/my%20shop%2Fb+c");
    assertThat(url.name()).isEqualTo("my shop/b+c");
    assertThat(url.jdbcUrl()).contains("/my+shop%2Fb%2Bc?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://h/x?sslmod=require                  | unknown parameter: sslmod
          postgresql://h/x?sslmode=prefer                  | sslmode=prefer
          postgresql://h/x?sslmode=verify-full             | needs sslrootcert
          postgresql://h/x?sslrootcert=/nowhere            | cannot be read: /nowhere
          postgresql://h/x?sslmode=require&sslcert=pom.xml | both or none
          postgresql://h/x?sslmode=disable&sslkey=pom.xml  | no sslmode that uses them
          postgresql://h/x?sslmode=require&sslmode=disable | twice
          postgresql://h/x?sslmode                         | without a value
          postgresql://h/x?connect_timeout=0               | connect_timeout=0
          postgresql://h/x?connect_timeout=soon            | connect_timeout=soon
          postgresql://h/x?target_session_attrs=standby    | target_session_attrs=standby
          postgresql://h:0/x                               | an invalid port
          postgresql://h:70000/x                           | an invalid port
          postgresql://h,/x                                | an invalid host
          postgresql://::1/x                               | an invalid host
          postgresql://u:p@h/x                             | without a user
          postgresql://h/%zz                               | not followed by two hexadecimal digits
          postgresql://h                                   | must look like
          """)
  void what_is_wrong_is_named(String url, String fault) {
    assertThatThrownBy(() -> DatabaseUrl.of("URL", url))
        .isInstanceOf(Settings.WrongSetting.class)
        .hasMessageStartingWith("URL ")
        .hasMessageContaining(fault);
  }
}
