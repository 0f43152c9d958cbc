package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.testing.TcpProxy;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;

/** How a start behaves when its database is unavailable or not as it should be. */
@ExtendWith(VertxExtension.class)
class DatabaseStartTest {

  @Test
  void waits_for_a_server_that_cannot_be_reached(Vertx vertx) {
    var config = TestDatabase.create();
    var proxy = TcpProxy.to(vertx, config.url().hosts().get(0).port());
    proxy.setMode(TcpProxy.Mode.REFUSED);
    var opening = Database.open(vertx, at(config, proxy.port(), config.url().name()), "db/test");
    await().until(() -> proxy.connections() > 2);
    assertThat(opening.isComplete()).isFalse();

    proxy.setMode(TcpProxy.Mode.FORWARDED);
    TestNode.await(TestNode.await(opening).close());
    TestNode.await(proxy.close());
  }

  @Test
  void waits_for_a_server_that_accepts_and_says_nothing(Vertx vertx) {
    var config = TestDatabase.create();
    var proxy = TcpProxy.to(vertx, config.url().hosts().get(0).port());
    proxy.setMode(TcpProxy.Mode.DROPPED);
    var opening = Database.open(vertx, at(config, proxy.port(), config.url().name()), "db/test");
    await().until(() -> proxy.connections() > 1);

    proxy.setMode(TcpProxy.Mode.FORWARDED);
    TestNode.await(TestNode.await(opening).close());
    TestNode.await(proxy.close());
  }

  @Test
  void fails_without_its_database_or_role(Vertx vertx) {
    var config = TestDatabase.create();
    var port = config.url().hosts().get(0).port();
    assertThatThrownBy(
            () -> TestNode.await(Database.open(vertx, at(config, port, "nowhere"), "db/test")))
        .hasMessageContaining("3D000")
        .hasMessageContaining("database \"nowhere\" does not exist");
    var unknownUser = new DatabaseConfig(config.url(), "nobody", "x", 1, true);
    assertThatThrownBy(() -> TestNode.await(Database.open(vertx, unknownUser, "db/test")))
        .hasMessageContaining("28000")
        .hasMessageContaining("role \"nobody\" does not exist");
  }

  @Test
  void fails_with_the_script_and_the_words_of_the_server(Vertx vertx) {
    assertThatThrownBy(
            () -> TestNode.await(Database.open(vertx, TestDatabase.create(), "db/broken")))
        .hasMessageStartingWith("the migration V1__broken.sql failed: 42601 ")
        .hasMessageContaining("syntax error at or near \"tabel\"")
        .hasMessageNotContaining("\n");
  }

  @Test
  void fails_on_data_of_a_build_whose_migrations_were_others(Vertx vertx) {
    var config = TestDatabase.create();
    TestNode.await(TestNode.await(Database.open(vertx, config, "db/test")).close());
    assertThatThrownBy(() -> TestNode.await(Database.open(vertx, config, "db/edited")))
        .hasMessageContaining("this build cannot upgrade the schema")
        .hasMessageContaining("checksum mismatch for migration version 1")
        .hasMessageNotContaining("\n");
  }

  private static DatabaseConfig at(DatabaseConfig config, int port, String name) {
    var url =
        String.format(
            Locale.ROOT, "postgresql://%s/%s?connect_timeout=2", Loopback.hostAndPort(port), name);
    return new DatabaseConfig(
        DatabaseUrl.of("URL", url), config.user(), config.password(), 3, true);
  }
}
