package org.tradepost.launcher.services;

import java.util.Map;
import org.tradepost.platform.sql.DatabaseUrl;
import org.tradepost.proof.audit.AuditedDatabase;

/**
 * One service's database and the role that owns it.
 *
 * @param url as the services take it, {@code postgresql://host:port/name}
 */
public record ServiceDatabase(String url, String user, String password) {
  /** The settings that open it to its service. */
  Map<String, String> settings() {
    return Map.of(
        "TRADEPOST_DATABASE_URL", url,
        "TRADEPOST_DATABASE_USER", user,
        "TRADEPOST_DATABASE_PASSWORD", password);
  }

  /** Its address as JDBC takes it. */
  public String jdbcUrl() {
    return DatabaseUrl.of("The URL of a database", url).jdbcUrl();
  }

  /**
   * It as the audit reads it.
   *
   * @param service whose database it is
   */
  public AuditedDatabase audited(String service) {
    return new AuditedDatabase(service, jdbcUrl().substring("jdbc:".length()), user, password);
  }

  /** Its address as that role, as psql takes it; it asks for the password. */
  public String asRole() {
    return url.replaceFirst("//", "//" + user + "@");
  }

  /** Names no password, so that one is never logged by accident. */
  @Override
  public String toString() {
    return "ServiceDatabase[" + url + ", " + user + "]";
  }
}
