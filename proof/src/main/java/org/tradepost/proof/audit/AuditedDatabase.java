package org.tradepost.proof.audit;

/**
 * A database to read.
 *
 * @param service its service, for the message that it cannot be opened
 * @param url {@code postgresql://host:port/name}, with its JDBC parameters
 * @param user a role that may read every table
 */
public record AuditedDatabase(String service, String url, String user, String password) {

  /** Names no password, so that one is never logged by accident. */
  @Override
  public String toString() {
    return "the " + service + " database (" + url.replaceFirst("\\?.*", "") + ")";
  }
}
