package org.tradepost.launcher.services;

import java.util.Map;
import org.tradepost.platform.sql.DatabaseUrl;
import org.tradepost.proof.audit.AuditedDatabase;

/**
 * The database of one service, and a role that may open it.
 *
 * @param url in the form that services take, {@code postgresql://host:port/name}
 */
public record ServiceDatabase(String url, String user, String password) {
  /** The settings with which the service opens it. */
  Map<String, String> settings() {
    return Map.of(
        "TRADEPOST_DATABASE_URL", url,
        "TRADEPOST_DATABASE_USER", user,
        "TRADEPOST_DATABASE_PASSWORD", password);
  }

  /** The URL for JDBC. */
  public String jdbcUrl() {
    return DatabaseUrl.of("The URL of a database", url).jdbcUrl();
  }

  /**
   * The database in the form that the audit takes.
   *
   * @param service the name of the service that owns it
   */
  public AuditedDatabase forAudit(String service) {
    return new AuditedDatabase(service, jdbcUrl().substring("jdbc:".length()), user, password);
  }

  /** The URL for psql, which names the role; psql asks for the password. */
  public String psqlUrl() {
    return url.replaceFirst("//", "//" + user + "@");
  }

  /** Omits the password, so that it is never logged by accident. */
  @Override
  public String toString() {
    return "ServiceDatabase[" + url + ", " + user + "]";
  }
}
