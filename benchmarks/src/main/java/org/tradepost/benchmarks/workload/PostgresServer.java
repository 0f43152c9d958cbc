package org.tradepost.benchmarks.workload;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.tradepost.benchmarks.machine.Await;
import org.tradepost.benchmarks.machine.LoopbackAddress;
import org.tradepost.benchmarks.machine.MeasurementFailure;

/**
 * The PostgreSQL server of a running Tradepost, opened by the load generator as a superuser. The
 * references use it too, with the same settings.
 */
public final class PostgresServer implements AutoCloseable {
  /** The generator's own role, a superuser. */
  public static final String ROLE = "bench";

  /**
   * Makes connecting cheap, with a single hash iteration. Otherwise 64 connections take half a
   * second, and a short round measures mostly the hashing.
   */
  private static final String MAKE_ROLE =
      "set scram_iterations = 1; create role bench superuser login password '%s'";

  /** Long enough to vacuum millions of rows. */
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private static final int MAX_CACHED_STATEMENT_LENGTH = 10_000;

  /** One thread, as many as the HTTP clients have. */
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

  private final long pid;
  private final int port;
  private final String password;

  private final Map<String, PgConnection> connections = new HashMap<>();

  private PostgresServer(long pid, int port, String password) {
    this.pid = pid;
    this.port = port;
    this.password = password;
  }

  /**
   * The server of a data directory.
   *
   * @throws MeasurementFailure if none runs there
   */
  public static PostgresServer of(Path data) {
    try (var secrets = Files.newBufferedReader(data.resolve("secrets.properties"))) {
      var properties = new Properties();
      properties.load(secrets);
      var postmaster = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
      return new PostgresServer(
              Long.parseLong(postmaster.get(0).strip()),
              Integer.parseInt(postmaster.get(3).strip()),
              properties.getProperty("postgres.password"))
          .withRole();
    } catch (IOException e) {
      throw new MeasurementFailure("No PostgreSQL runs in " + data + ".", e);
    }
  }

  private PostgresServer withRole() {
    var superuser = connect("postgres", "postgres");
    Await.on(
        superuser
            .query("select 1 from pg_roles where rolname = 'bench'")
            .execute()
            .compose(
                roles ->
                    roles.size() > 0
                        ? Future.succeededFuture()
                        : superuser.query(MAKE_ROLE.formatted(password)).execute())
            .eventually(superuser::close));
    return this;
  }

  public long pid() {
    return pid;
  }

  public int port() {
    return port;
  }

  public String password() {
    return password;
  }

  /** A connection that prepares each statement once. */
  public PgConnection connect(String database) {
    return connect(database, ROLE);
  }

  private PgConnection connect(String database, String role) {
    var options =
        new PgConnectOptions()
            .setHost(LoopbackAddress.ADDRESS)
            .setPort(port)
            .setDatabase(database)
            .setUser(role)
            .setPassword(password)
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheSqlLimit(MAX_CACHED_STATEMENT_LENGTH);
    return Await.on(PgConnection.connect(vertx, options));
  }

  /** Runs SQL, one or several statements. */
  public void run(String database, String sql) {
    Await.on(connection(database).query(sql).execute(), TIMEOUT);
  }

  /** Creates a database unless it exists; returns whether it did. */
  public boolean makeDatabase(String name) {
    var present = "select 1 from pg_database where datname = '" + name + "'";
    if (!rows("postgres", present, Tuple.tuple()).isEmpty()) {
      return false;
    }
    run("postgres", "create database " + name);
    return true;
  }

  /** The rows that a query finds. */
  public List<Row> rows(String database, String sql, Tuple parameters) {
    return Await.on(connection(database).preparedQuery(sql).execute(parameters)).stream().toList();
  }

  private PgConnection connection(String database) {
    return connections.computeIfAbsent(database, this::connect);
  }

  /** The version of the server, its settings for durable commits, and its buffer size. */
  public String description() {
    var row =
        rows(
                "postgres",
                "select version(), current_setting('fsync') as fsync,"
                    + " current_setting('synchronous_commit') as commit,"
                    + " current_setting('shared_buffers') as buffers",
                Tuple.tuple())
            .get(0);
    var version = row.getString("version");
    return "%s, fsync %s, synchronous_commit %s, shared_buffers %s"
        .formatted(
            version.substring(0, version.indexOf(" on ")),
            row.getString("fsync"),
            row.getString("commit"),
            row.getString("buffers"));
  }

  @Override
  public void close() {
    Await.on(vertx.close());
  }
}
