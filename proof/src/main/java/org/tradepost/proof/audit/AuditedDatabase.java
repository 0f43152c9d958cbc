package org.tradepost.proof.audit;

/**
 * A database to look into.
 *
 * @param service whose it is, for whoever reads that it cannot be opened
 * @param url {@code postgresql://host:port/name}, with what JDBC is told of it
 * @param user a role that may read every table
 */
public record AuditedDatabase(String service, String url, String user, String password) {

  /** Names no password, so that one is never logged by accident. */
  @Override
  public String toString() {
    return "the " + service + " database (" + url.replaceFirst("\\?.*", "") + ")";
  }
}
