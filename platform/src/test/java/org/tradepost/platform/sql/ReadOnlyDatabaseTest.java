package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;

@ExtendWith(VertxExtension.class)
class ReadOnlyDatabaseTest {

  private static final String INSERT = "insert into account values ($1, 0)";

  @Test
  void reads_are_served_and_writes_too_as_soon_as_they_can_be(Vertx vertx) throws SQLException {
    var config = TestDatabase.create();
    TestNode.await(TestNode.await(Database.open(vertx, config, "db/test")).close());
    execute(config, "alter database %s set default_transaction_read_only = on");
    var database = Database.connect(vertx, config);

    var written = database.transaction(INSERT, Tuple.of(1));
    await().until(written::isComplete);
    assertThat(((ServiceException) written.cause()).is(CommonError.UNAVAILABLE)).isTrue();
    TestNode.await(database.query("select * from account"));
    assertThat(database.failures().current()).get().asString().startsWith("25006 ");

    execute(
        config,
        "set default_transaction_read_only = off;"
            + " alter database %s reset default_transaction_read_only");
    // A new connection can write; those that cannot are closed.
    await().until(() -> succeeds(database.transaction(INSERT, Tuple.of(1))));
    await().until(() -> succeeds(database.query(INSERT, Tuple.of(2))));
    TestNode.await(database.close());
  }

  @Test
  void a_server_that_takes_no_writes_is_passed_over_when_told_to(Vertx vertx)
      throws IOException, SQLException {
    var config = TestDatabase.create();
    var primary = config.url().hosts().get(0);
    var name = config.url().name();
    try (var standby =
        TestDatabase.newServer().setServerConfig("default_transaction_read_only", "on").start()) {
      try (var connection = standby.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("set default_transaction_read_only = off");
        statement.execute("create database " + name);
      }
      var url =
          DatabaseUrl.of(
              "URL",
              String.format(
                  Locale.ROOT,
                  "postgresql://%s,%s/%s?target_session_attrs=read-write",
                  Loopback.hostAndPort(standby.getPort()),
                  primary,
                  name));
      var both = new DatabaseConfig(url, config.user(), config.password(), 3, true);
      var database = TestNode.await(Database.open(vertx, both, "db/test"));
      TestNode.await(database.transaction(INSERT, Tuple.of(1)));
      TestNode.await(database.query(INSERT, Tuple.of(2)));
      TestNode.await(database.close());
    }
  }

  private static boolean succeeds(Future<?> future) {
    await().until(future::isComplete);
    return future.succeeded();
  }

  private static void execute(DatabaseConfig config, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(config.url().jdbcUrl(), config.user(), config.password());
        var statement = connection.createStatement()) {
      for (var one : sql.formatted(config.url().name()).split(";")) {
        statement.execute(one);
      }
    }
  }
}
