package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Tuple;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.config.HostName;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.testing.TestCertificates;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;

/** TLS to a real server, for migrations and for both pools. */
@ExtendWith(VertxExtension.class)
class DatabaseTlsTest {

  private static final String ENCRYPTED =
      "select ssl from pg_stat_ssl where pid = pg_backend_pid()";

  @TempDir private static Path directory;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws Exception {
    var ca = new TestCertificates(directory, "ca");
    ca.issue("server", "localhost");
    ca.issue("shop", "client.example");
    new TestCertificates(directory, "other-ca").issue("unknown", "client.example");
    var access =
        Files.write(
            directory.resolve("hba.conf"),
            List.of(
                "hostnossl clear all all trust",
                "hostssl known all all trust clientcert=verify-ca",
                "hostssl encrypted,postgres all all trust"));
    server =
        TestDatabase.newServer()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", directory.resolve("server.pem").toString())
            .setServerConfig("ssl_key_file", directory.resolve("server-key.pem").toString())
            .setServerConfig("ssl_ca_file", ca.authority().toString())
            .setServerConfig("hba_file", access.toString())
            .start();
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      for (var name : List.of("clear", "known", "encrypted")) {
        statement.execute("create database " + name);
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void without_a_word_of_it_the_connection_is_in_the_clear(Vertx vertx) {
    assertThat(isEncrypted(vertx, config("localhost", "clear", ""))).isFalse();
    assertThatThrownBy(() -> isEncrypted(vertx, config("localhost", "encrypted", "")))
        .hasMessageContaining("28000")
        .hasMessageContaining("no encryption");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost?sslmode=require",
        "ADDRESS?sslmode=require",
        "localhost?sslmode=require&sslrootcert=DIR/ca.pem",
        "ADDRESS?sslmode=verify-ca&sslrootcert=DIR/ca.pem",
        "localhost?sslmode=verify-full&sslrootcert=DIR/ca.pem"
      })
  void everything_is_encrypted(String how, Vertx vertx) {
    var parts = how.split("\\?");
    assertThat(isEncrypted(vertx, config(parts[0], "encrypted", "?" + parts[1]))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost?sslmode=require&sslrootcert=DIR/other-ca.pem",
        "localhost?sslmode=verify-ca&sslrootcert=DIR/other-ca.pem",
        "localhost?sslmode=verify-full&sslrootcert=DIR/other-ca.pem",
        "ADDRESS?sslmode=verify-full&sslrootcert=DIR/ca.pem"
      })
  void a_server_that_proves_nothing_is_rejected(String how, Vertx vertx) {
    var parts = how.split("\\?");
    var config = config(parts[0], "encrypted", "?" + parts[1]);
    assertThatThrownBy(() -> TestNode.await(Database.open(vertx, config, "db/test")))
        .hasMessageStartingWith("08");
    var database = Database.connect(vertx, config);
    var asked = database.query("select 1");
    await().until(asked::isComplete);
    assertThat(asked.cause()).isInstanceOf(ServiceException.class);
    TestNode.await(database.close());
  }

  @Test
  void a_certificate_is_shown_to_a_server_that_asks_for_it(Vertx vertx) {
    var own = "&sslcert=DIR/shop.pem&sslkey=DIR/shop-key.pem";
    var checked = "?sslmode=verify-full&sslrootcert=DIR/ca.pem";
    assertThat(isEncrypted(vertx, config("localhost", "known", checked + own))).isTrue();
    assertThatThrownBy(() -> isEncrypted(vertx, config("localhost", "known", checked)))
        .hasMessageContaining("28000")
        .hasMessageContaining("valid client certificate");
    assertThatThrownBy(
            () -> config("localhost", "known", checked + own.replace("shop-key", "unknown-key")))
        .isInstanceOf(Settings.WrongSetting.class)
        .hasMessageContaining("not the key of sslcert");
  }

  private static boolean isEncrypted(Vertx vertx, DatabaseConfig config) {
    var database = TestNode.await(Database.open(vertx, config, "db/test"));
    try {
      var read = TestNode.await(database.query(ENCRYPTED)).iterator().next().getBoolean(0);
      var written = TestNode.await(database.transaction(ENCRYPTED, Tuple.tuple()));
      assertThat(written.iterator().next().getBoolean(0)).isEqualTo(read);
      return read;
    } finally {
      TestNode.await(database.close());
    }
  }

  private static DatabaseConfig config(String host, String name, String parameters) {
    var url =
        String.format(
            Locale.ROOT,
            "postgresql://%s:%d/%s%s",
            host.replace("ADDRESS", HostName.beforePort(Loopback.ADDRESS)),
            server.getPort(),
            name,
            parameters.replace("DIR", directory.toString()));
    return new DatabaseConfig(DatabaseUrl.of("URL", url), "postgres", "postgres", 3, true);
  }
}
