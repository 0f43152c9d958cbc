package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.proof.audit.AuditedDatabase;

/**
 * The databases of a shop, accessed as the superuser of their server: their contents, and what
 * waits in them.
 */
final class ShopDatabases {

  private static final String WAITS_FOR_STANDBY = "wait_event = 'SyncRep'";

  private final Map<String, Map<String, String>> settings;

  /** All on one server. */
  ShopDatabases() {
    this(
        Map.of(
            "auth", TestDatabase.settings(),
            "product", TestDatabase.settings(),
            "order", TestDatabase.settings()));
  }

  /**
   * @param settings the database settings of each service
   */
  ShopDatabases(Map<String, Map<String, String>> settings) {
    this.settings = settings;
  }

  /** The database settings of a service; empty if it has no database. */
  Map<String, String> settings(String service) {
    return settings.getOrDefault(service, Map.of());
  }

  /** The database of a service as the audit reads it. */
  AuditedDatabase audited(String service) {
    var database = settings(service);
    return new AuditedDatabase(
        service,
        database.get("TRADEPOST_DATABASE_URL"),
        database.get("TRADEPOST_DATABASE_USER"),
        database.get("TRADEPOST_DATABASE_PASSWORD"));
  }

  /** Where the server listens. */
  int port() {
    return URI.create(settings("auth").get("TRADEPOST_DATABASE_URL")).getPort();
  }

  Connection connect(String service) {
    var database = settings(service);
    try {
      return DriverManager.getConnection(
          "jdbc:" + database.get("TRADEPOST_DATABASE_URL"),
          database.get("TRADEPOST_DATABASE_USER"),
          database.get("TRADEPOST_DATABASE_PASSWORD"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String service, String sql) {
    try (var connection = connect(service);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The result of a query of one row and one column. */
  String text(String service, String sql) {
    try (var connection = connect(service);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The number that a query of one row and one column gives. */
  long number(String service, String sql) {
    return Long.parseLong(text(service, sql));
  }

  /**
   * Makes a service commit as in production, or without waiting, like everything else on the server
   * of a test. Closes its connections, since only new ones follow the change.
   */
  void commitSynchronously(String service, boolean synchronously) {
    var name = nameOf(service);
    var change = synchronously ? " set synchronous_commit = on" : " reset synchronous_commit";
    execute(service, "alter database " + name + change);
    closeConnections(service);
  }

  /** Makes the database unavailable to its service: connections break, and new ones are refused. */
  void makeUnavailable(String service) {
    execute(
        otherService(service), "alter database " + nameOf(service) + " allow_connections false");
    closeConnections(service);
  }

  private void closeConnections(String service) {
    execute(
        otherService(service),
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
            + nameOf(service)
            + "'");
  }

  /** Makes the database available again. */
  void makeAvailable(String service) {
    execute(otherService(service), "alter database " + nameOf(service) + " allow_connections true");
  }

  private String nameOf(String service) {
    var url = settings(service).get("TRADEPOST_DATABASE_URL");
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static String otherService(String service) {
    return service.equals("auth") ? "order" : "auth";
  }

  /** Makes all unsettled holds expire at once, instead of after a minute. */
  void expireHolds() {
    execute(
        "product", "update hold set expires_at = now() - interval '1 second' where state = 'HELD'");
  }

  /** Sets whether synchronous commits wait for a standby, which does not exist. */
  void waitForStandby(boolean wait) {
    execute(
        "auth",
        wait
            ? "alter system set synchronous_standby_names = 'nobody'"
            : "alter system reset synchronous_standby_names");
    execute("auth", "select pg_reload_conf()");
  }

  /** Makes all databases of the server reject writes, as after a failover, or accept them again. */
  void rejectWrites(boolean reject) {
    execute(
        "auth",
        reject
            ? "alter system set default_transaction_read_only = on"
            : "alter system reset default_transaction_read_only");
    execute("auth", "select pg_reload_conf()");
  }

  /**
   * Blocks writes to a table until the connection is closed. Writing an order needs {@code orders},
   * settling needs {@code ledger}, marking an event as delivered needs {@code relay}.
   */
  static void lock(Connection connection, String table) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("lock table " + table + " in share row exclusive mode");
    }
  }

  /** Counts the lines of orders or holds that have a product. */
  static String linesOf(String table, String product) {
    return "select count(*) from %s cross join json_array_elements(lines) as line where line ->> 0 = '%s'"
        .formatted(table, product);
  }

  /** Waits until the service waits for a lock. */
  void awaitLockIn(String service) {
    awaitWaiting(service, "wait_event_type = 'Lock'");
  }

  /**
   * Ends the sessions of a service that wait for a lock, as if their statements had never arrived.
   * Otherwise the server would carry these out, even for a service that is dead.
   */
  void terminateBlockedSessions(String service) {
    execute(
        service,
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and wait_event_type = 'Lock'");
  }

  /** Waits until a commit of the service is written and waits for the standby. */
  void awaitCommitIn(String service) {
    awaitWaiting(service, WAITS_FOR_STANDBY);
  }

  boolean commitWaitsIn(String service) {
    return waiting(service, WAITS_FOR_STANDBY) > 0;
  }

  private void awaitWaiting(String service, String condition) {
    await().untilAsserted(() -> assertThat(waiting(service, condition)).isPositive());
  }

  private long waiting(String service, String condition) {
    return number(
        service,
        "select count(*) from pg_stat_activity where datname = current_database() and "
            + condition);
  }
}
