package org.tradepost.proof.audit;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/** The rows of a query, fetched a page at a time: only the current page is in memory. */
final class Rows<T> implements AutoCloseable {
  private final AuditedDatabase database;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final Snapshot.Mapping<T> mapping;

  Rows(
      AuditedDatabase database,
      PreparedStatement statement,
      ResultSet rows,
      Snapshot.Mapping<T> mapping) {
    this.database = database;
    this.statement = statement;
    this.rows = rows;
    this.mapping = mapping;
  }

  /** The next row; empty after the last. */
  Optional<T> next() {
    try {
      return rows.next() ? Optional.of(mapping.map(rows)) : Optional.empty();
    } catch (SQLException e) {
      throw new DatabaseUnreadable(database, e);
    }
  }

  /** Reads all remaining rows. */
  void forEach(Consumer<T> action) {
    for (var row = next(); row.isPresent(); row = next()) {
      action.accept(row.get());
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
