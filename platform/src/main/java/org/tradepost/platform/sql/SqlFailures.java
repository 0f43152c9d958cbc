package org.tradepost.platform.sql;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.Set;

/** What PostgreSQL's SQLSTATEs mean for the caller. */
final class SqlFailures {

  /**
   * SQLSTATE classes that mean that the statement itself is wrong: it would fail on a healthy
   * server too. Every other class means that this server cannot run it now.
   */
  private static final Set<String> WRONG_STATEMENT =
      Set.of(
          "0A", "0B", "0F", "0L", "0P", "0Z", "20", "21", "22", "23", "24", "26", "27", "2B", "2D",
          "2F", "34", "38", "39", "3B", "3F", "42", "44", "54", "P0");

  /** A missing privilege: it can be granted again, so the statement is not at fault. */
  private static final String NO_RIGHT = "42501";

  /** Serialization failure and deadlock: the transaction was rolled back. */
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

  /**
   * Errors of a statement that was prepared before the schema changed, or on a connection that
   * forgot it: its plan has other columns, it does not exist, its name is taken, or it was
   * described with another number of columns.
   */
  private static final Set<String> STALE = Set.of("0A000", "26000", "42P05", "08P01");

  private static final String AFTER_ANOTHER_FAILURE = "25P02";
  private static final String READ_ONLY = "25006";

  private SqlFailures() {}

  /** Whether the statement is at fault, not the server or the connection to it. */
  static boolean isWrongStatement(String state) {
    return !NO_RIGHT.equals(state)
        && state.length() == 5
        && WRONG_STATEMENT.contains(state.substring(0, 2));
  }

  /** Whether the database is unavailable, rather than the statement at fault. */
  static boolean isUnavailable(Throwable failure) {
    return failure instanceof PgException pg
        ? !isWrongStatement(pg.getSqlState())
        : failure instanceof VertxException || !(failure instanceof RuntimeException);
  }

  /** Whether a transaction lost a conflict with another and may be retried. */
  static boolean isConflict(Throwable failure) {
    return failure instanceof PgException pg && CONFLICTS.contains(pg.getSqlState());
  }

  /** Whether the prepared statements of a connection are stale. */
  static boolean isStale(Throwable failure) {
    return failure instanceof PgException pg && STALE.contains(pg.getSqlState());
  }

  /** Whether a transaction failed, or may have failed, because of stale prepared statements. */
  static boolean mayBeStale(Throwable failure) {
    return isStale(failure)
        || (failure instanceof PgException pg && AFTER_ANOTHER_FAILURE.equals(pg.getSqlState()));
  }

  static boolean isReadOnly(Throwable failure) {
    return failure instanceof PgException pg && READ_ONLY.equals(pg.getSqlState());
  }

  /** The SQLSTATE and the server's message, or else the exception's message, in one line. */
  static String text(Throwable failure) {
    if (failure instanceof PgException pg) {
      return line(pg.getSqlState() + " " + pg.getErrorMessage());
    }
    return line(failure.getMessage() == null ? failure.toString() : failure.getMessage());
  }

  static String line(String text) {
    return String.join("; ", text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList());
  }
}
