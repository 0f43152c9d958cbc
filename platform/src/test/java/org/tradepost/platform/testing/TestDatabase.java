package org.tradepost.platform.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.sql.DatabaseConfig;

/**
 * A real PostgreSQL for a module's tests: one server for the JVM, and a new database for each
 * caller.
 */
public final class TestDatabase {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static EmbeddedPostgres server;

  private TestDatabase() {}

  /** The settings of a new, empty database. */
  public static Map<String, String> settings() {
    var postgres = server();
    var name = "test" + COUNT.incrementAndGet();
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Map.of(
        "TRADEPOST_DATABASE_URL",
            String.format(Locale.ROOT, "postgresql://localhost:%d/%s", postgres.getPort(), name),
        "TRADEPOST_DATABASE_USER", "postgres",
        "TRADEPOST_DATABASE_PASSWORD", "postgres");
  }

  /** A new, empty database. */
  public static DatabaseConfig create() {
    return DatabaseConfig.from(Settings.of(settings()));
  }

  /** Runs statements without a time limit, unlike a service's own connections. */
  public static void execute(DatabaseConfig database, String sql) {
    try (var connection =
            DriverManager.getConnection(
                database.url().jdbcUrl(), database.user(), database.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another server, which may take a while to start. */
  public static EmbeddedPostgres.Builder newServer() {
    return EmbeddedPostgres.builder()
        .setPort(FreePorts.one())
        .setPGStartupWait(Duration.ofMinutes(2));
  }

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        server = newServer().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }
}
