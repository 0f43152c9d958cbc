package org.tradepost.proof.audit;

import java.sql.SQLException;

/** A database that does not let itself be read, so that nothing can be said about it. */
public final class DatabaseUnreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseUnreadable(AuditedDatabase database, SQLException cause) {
    super("Cannot read " + database + ": " + firstSentence(cause) + ".", cause);
  }

  /** The driver goes on with advice, and the server with the text of the statement. */
  private static String firstSentence(SQLException cause) {
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return message.split("\\. |\\.$", 2)[0];
  }
}
