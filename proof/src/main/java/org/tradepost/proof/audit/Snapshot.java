package org.tradepost.proof.audit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A snapshot of one database: a single read-only transaction. */
public final class Snapshot implements AutoCloseable {
  private static final int FETCH_SIZE = 1_000;

  /** The timeout of a read: without it, a frozen server would block the audit forever. */
  private static final String SOCKET_TIMEOUT_SECONDS = "600";

  private final AuditedDatabase database;
  private final Connection connection;

  /** Reads the current row. */
  @FunctionalInterface
  public interface Mapping<T> {
    T map(ResultSet row) throws SQLException;
  }

  private Snapshot(AuditedDatabase database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /**
   * Takes a snapshot of a database.
   *
   * @throws DatabaseUnreadable if the database cannot be read; all other methods throw it too
   */
  public static Snapshot of(AuditedDatabase database) {
    var snapshot = new Snapshot(database, connect(database));
    try {
      snapshot.begin();
      return snapshot;
    } catch (SQLException e) {
      snapshot.close();
      throw new DatabaseUnreadable(database, e);
    }
  }

  private static Connection connect(AuditedDatabase database) {
    var properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "tradepost audit");
    try {
      return DriverManager.getConnection("jdbc:" + database.url(), properties);
    } catch (SQLException e) {
      throw new DatabaseUnreadable(database, e);
    }
  }

  /** The first statement takes the snapshot. */
  private void begin() throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (var statement = connection.prepareStatement("select pg_current_snapshot()")) {
      statement.execute();
    }
  }

  /** Runs a query; an array is passed to PostgreSQL as an array of its elements' type. */
  <T> Rows<T> rows(String sql, Mapping<T> mapping, SqlArray... parameters) {
    try {
      var statement = connection.prepareStatement(sql);
      statement.setFetchSize(FETCH_SIZE);
      for (var i = 0; i < parameters.length; i++) {
        var array = parameters[i];
        statement.setArray(
            i + 1, connection.createArrayOf(array.type(), array.elements().toArray()));
      }
      return new Rows<>(database, statement, statement.executeQuery(), mapping);
    } catch (SQLException e) {
      throw new DatabaseUnreadable(database, e);
    }
  }

  /** All rows of a query. */
  public <T> List<T> list(String sql, Mapping<T> mapping) {
    var list = new ArrayList<T>();
    try (var rows = rows(sql, mapping)) {
      rows.forEach(list::add);
    }
    return list;
  }

  /** The number that {@code sql} selects. */
  public long count(String sql) {
    try (var rows = rows(sql, row -> row.getLong(1))) {
      return rows.next().orElseThrow();
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new DatabaseUnreadable(database, e);
    }
  }
}
