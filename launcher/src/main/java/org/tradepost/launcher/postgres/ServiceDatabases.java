package org.tradepost.launcher.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.tradepost.launcher.cli.StartFailure;
import org.tradepost.launcher.data.Secrets;

/** Makes a database for each service that has one, each owned by a role that can open no other. */
final class ServiceDatabases {
  private final Statement statement;

  private ServiceDatabases(Statement statement) {
    this.statement = statement;
  }

  /** Makes them on a server that has none yet, as its superuser. */
  static void make(DataSource superuser, Secrets secrets) {
    try (Connection connection = superuser.getConnection();
        Statement statement = connection.createStatement()) {
      ServiceDatabases databases = new ServiceDatabases(statement);
      databases.make("auth", secrets.auth());
      databases.make("product", secrets.product());
      databases.make("orders", secrets.orders());
      databases.close("postgres");
      databases.close("template1");
    } catch (SQLException e) {
      throw new StartFailure("The databases cannot be created: " + e.getMessage(), e);
    }
  }

  /** The password needs no quoting, see {@link Secrets#random}. */
  private void make(String name, String password) throws SQLException {
    statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, password));
    statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, name));
    close(name);
  }

  /** By default every user may connect to a new database. */
  private void close(String database) throws SQLException {
    statement.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(database));
  }
}
