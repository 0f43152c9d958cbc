package org.tradepost.proof.audit;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The rows of a query, fetched a page at a time: only the current page is in memory. */
final class Rows<T> implements AutoCloseable {
  private final AuditedDatabase database;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final Mapping<T> mapping;

  Rows(AuditedDatabase database, PreparedStatement statement, ResultSet rows, Mapping<T> mapping) {
    this.database = database;
    this.statement = statement;
    this.rows = rows;
    this.mapping = mapping;
  }

  /** Reads the present row. */
  @FunctionalInterface
  interface Mapping<T> {
    T map(ResultSet row) throws SQLException;
  }

  /** The next row, or null after the last. */
  T next() {
    try {
      return rows.next() ? mapping.map(rows) : null;
    } catch (SQLException e) {
      throw new DatabaseUnreadable(database, e);
    }
  }

  @Override
  public void close() {
    try {
      statement.close();
    } catch (SQLException e) {
      throw new DatabaseUnreadable(database, e);
    }
  }
}
