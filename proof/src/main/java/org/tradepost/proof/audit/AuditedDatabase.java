package org.tradepost.proof.audit;

/**
 * A database to read.
 *
 * @param service the name of its service, for messages
 * @param url {@code postgresql://host:port/name}, with its JDBC parameters
 * @param user a role that may read every table
 */
public record AuditedDatabase(String service, String url, String user, String password) {

  /** Omits the password, so that it is never logged by accident. */
  @Override
  public String toString() {
    return "the " + service + " database (" + url.replaceFirst("\\?.*", "") + ")";
  }
}
