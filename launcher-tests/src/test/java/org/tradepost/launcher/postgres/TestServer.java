package org.tradepost.launcher.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.data.DataDirectory;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.launcher.services.ServiceDatabase;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.config.Loopback;

/** An embedded server for a test, with its directory and what it printed. */
public final class TestServer implements AutoCloseable {
  /** Unpacked once for all tests. */
  public static final Path BINARIES = Path.of("target", "server").toAbsolutePath();

  private final DataDirectory data;
  private final ByteArrayOutputStream printed;
  private final EmbeddedServer server;

  private TestServer(DataDirectory data) {
    this.data = data;
    this.printed = new ByteArrayOutputStream();
    this.server =
        EmbeddedServer.start(
            data, Secrets.of(data), Services.BUILT_IN, BINARIES, Terminal.to(printed));
  }

  public static TestServer start(Path directory) {
    var data = DataDirectory.open(directory);
    try {
      return new TestServer(data);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  EmbeddedServer server() {
    return server;
  }

  public Secrets secrets() {
    return Secrets.of(data);
  }

  public String url(String database) {
    return "postgresql://" + Loopback.hostAndPort(server.port()) + "/" + database;
  }

  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  /**
   * Runs a statement as the owner of {@code database}, and returns the first value of the first
   * row, if any.
   */
  public static String ask(ServiceDatabase database, String sql) throws SQLException {
    return ask("jdbc:" + database.url(), database, sql);
  }

  public static String ask(String url, ServiceDatabase role, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url, role.user(), role.password());
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (var rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }

  @Override
  public void close() {
    server.close();
    data.close();
  }
}
