package org.tradepost.common.runtime;

import java.net.URI;

/**
 * Where a service's own database is.
 *
 * @param host its host
 * @param port its port
 * @param name the database on that server
 * @param user the service's own role
 * @param password the role's password
 * @param poolSize the largest number of connections one instance opens for transactions
 */
public record DatabaseConfig(
    String host, int port, String name, String user, String password, int poolSize) {

  private static final int DEFAULT_PORT = 5432;

  /**
   * Reads the settings of a database.
   *
   * @throws Settings.WrongSetting naming the first that is missing or wrong
   */
  public static DatabaseConfig from(Settings settings) {
    var url = settings.required("TRADEPOST_DATABASE_URL");
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw wrongUrl();
    }
    if (!"postgresql".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getPath() == null
        || uri.getPath().length() < 2) {
      throw wrongUrl();
    }
    return new DatabaseConfig(
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        uri.getPath().substring(1),
        settings.required("TRADEPOST_DATABASE_USER"),
        settings.required("TRADEPOST_DATABASE_PASSWORD"),
        settings.integer("TRADEPOST_DATABASE_POOL_SIZE", 6, 1, 100));
  }

  String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
  }

  private static Settings.WrongSetting wrongUrl() {
    return new Settings.WrongSetting(
        "TRADEPOST_DATABASE_URL", "must look like postgresql://host:5432/name");
  }
}
