package org.tradepost.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.launcher.services.ServiceDatabase;
import org.tradepost.platform.config.Loopback;

class EmbeddedServerTest {
  @TempDir static Path directory;
  private static TestServer started;
  private static EmbeddedServer server;

  @BeforeAll
  static void start() {
    started = TestServer.start(directory);
    server = started.server();
  }

  @AfterAll
  static void stop() {
    started.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes", "data_checksums"})
  void keeps_what_it_acknowledged(String setting) throws SQLException {
    assertThat(TestServer.ask(server.databases().of("order"), "show " + setting)).isEqualTo("on");
  }

  @Test
  void listens_on_loopback_only() throws Exception {
    assertThat(TestServer.ask(server.databases().of("auth"), "show listen_addresses"))
        .isEqualTo(Loopback.ADDRESS);
    var socketDirectory = Files.readAllLines(directory.resolve("postgres/postmaster.pid")).get(4);
    assertThat(socketDirectory).isEmpty();
  }

  @Test
  void sorts_and_folds_text_alike_on_every_system() throws SQLException {
    assertThat(TestServer.ask(server.databases().of("product"), "show server_encoding"))
        .isEqualTo("UTF8");
    assertThat(TestServer.ask(server.databases().of("product"), "select lower('ÄÉ')"))
        .isEqualTo("äé");
  }

  /** Twenty instances of the order service have 9 connections each. */
  @Test
  void has_enough_connections_for_a_scaled_cluster() throws SQLException {
    assertThat(TestServer.ask(server.databases().of("order"), "show max_connections"))
        .satisfies(most -> assertThat(Integer.parseInt(most)).isGreaterThanOrEqualTo(20 * 9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "product", "postgres", "template1"})
  void rejects_the_auth_role_in_the_database(String database) {
    var url = "jdbc:postgresql://" + Loopback.hostAndPort(server.port()) + "/" + database;
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> TestServer.ask(url, server.databases().of("auth"), "select 1"))
        .withMessageContaining("permission denied for database \"" + database + "\"");
  }

  @Test
  void rejects_a_wrong_password() {
    var guessed = new ServiceDatabase(server.databases().of("order").url(), "orders", "guessed");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> TestServer.ask(guessed, "select 1"))
        .withMessageContaining("password authentication failed");
  }

  @Test
  void keeps_its_passwords_to_its_owner() throws Exception {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("secrets.properties"))))
        .isEqualTo("rw-------");
    assertThat(directory.resolve("superuser.password")).doesNotExist();
    assertThat(directory.resolve("postgres.log"))
        .content()
        .doesNotContain(server.databases().of("auth").password());
  }

  @Test
  void runs_beside_another_without_meeting_it(@TempDir Path elsewhere) throws SQLException {
    try (var other = TestServer.start(elsewhere)) {
      TestServer.ask(other.server().databases().of("order"), "create table only_here (id int)");
      assertThat(other.server().port()).isNotEqualTo(server.port());
      assertThat(
              TestServer.ask(
                  server.databases().of("order"), "select to_regclass('only_here')::text"))
          .isNull();
    }
  }
}
