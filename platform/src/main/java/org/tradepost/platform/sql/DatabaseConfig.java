package org.tradepost.platform.sql;

import org.tradepost.platform.config.Settings;

/**
 * How a service opens its own database.
 *
 * @param url where it is
 * @param user the service's own role
 * @param password the role's password
 * @param poolSize the largest number of connections one instance opens for transactions
 * @param prepared whether a connection keeps prepared statements and settings; false when it is
 *     shared, as behind PgBouncer in transaction mode
 */
public record DatabaseConfig(
    DatabaseUrl url, String user, String password, int poolSize, boolean prepared) {

  private static final String URL = "TRADEPOST_DATABASE_URL";

  /**
   * Reads the settings of a database.
   *
   * @throws Settings.WrongSetting naming the first that is missing or wrong
   */
  public static DatabaseConfig from(Settings settings) {
    return new DatabaseConfig(
        DatabaseUrl.of(URL, settings.required(URL)),
        settings.required("TRADEPOST_DATABASE_USER"),
        settings.required("TRADEPOST_DATABASE_PASSWORD"),
        settings.integer("TRADEPOST_DATABASE_POOL_SIZE", 6, 1, 100),
        prepared(settings));
  }

  private static boolean prepared(Settings settings) {
    var value = settings.text("TRADEPOST_DATABASE_PREPARED", "true");
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new Settings.WrongSetting(
              "TRADEPOST_DATABASE_PREPARED", "must be true or false, not " + value);
    };
  }

  /** How many connections serve single statements. */
  int readers() {
    return prepared ? Math.max(1, poolSize / 3) : poolSize;
  }

  /** Leaves out the password, so that it is never logged by accident. */
  @Override
  public String toString() {
    return "DatabaseConfig[" + url + ", " + user + "]";
  }
}
