package org.tradepost.proof.audit;

import java.sql.SQLException;

/** A database cannot be read, so the audit has no result. */
public final class DatabaseUnreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseUnreadable(AuditedDatabase database, SQLException cause) {
    super("Cannot read " + database + ": " + firstSentence(cause) + ".", cause);
  }

  /** The driver appends advice, and the server appends the statement. */
  private static String firstSentence(SQLException cause) {
    var message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return message.split("\\. |\\.$", 2)[0];
  }
}
