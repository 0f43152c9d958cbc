package org.tradepost.launcher.postgres;

import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.launcher.services.ServiceDescriptor;
import org.tradepost.launcher.services.Services;

/**
 * Creates the role of the audit and a database for each service that needs one, owned by a role
 * that can open no other. Passwords need no quoting, see {@link Secrets#random}.
 */
final class ServiceDatabases {
  private final Statement statement;
  private final Secrets secrets;

  private ServiceDatabases(Statement statement, Secrets secrets) {
    this.statement = statement;
    this.secrets = secrets;
  }

  /** Creates what is missing, as the server's superuser. */
  static void ensure(DataSource superuser, Secrets secrets, Services services) {
    try (var connection = superuser.getConnection();
        var statement = connection.createStatement()) {
      var databases = new ServiceDatabases(statement, secrets);
      databases.revokePublicAccess("postgres");
      databases.revokePublicAccess("template1");
      databases.ensureAuditRole();
      for (var service : services.withDatabase()) {
        databases.ensure(service);
      }
    } catch (SQLException e) {
      throw new CommandFailure("The databases cannot be created: " + e.getMessage(), e);
    }
  }

  private void ensure(ServiceDescriptor service) throws SQLException {
    var name = service.databaseName();
    ensureRole(name);
    if (!exists("pg_database WHERE datname = '%s'".formatted(name))) {
      statement.execute("CREATE DATABASE \"%s\" OWNER \"%s\"".formatted(name, name));
    }
    revokePublicAccess(name);
    if (service.audited()) {
      statement.execute(
          "GRANT CONNECT ON DATABASE \"%s\" TO %s".formatted(name, RunningServer.AUDIT_ROLE));
    }
  }

  /** This role may read the databases that it may connect to, and change nothing. */
  private void ensureAuditRole() throws SQLException {
    ensureRole(RunningServer.AUDIT_ROLE);
    statement.execute("ALTER ROLE audit SET default_transaction_read_only = on");
    statement.execute("GRANT pg_read_all_data TO audit");
  }

  private void ensureRole(String name) throws SQLException {
    if (!exists("pg_roles WHERE rolname = '%s'".formatted(name))) {
      statement.execute("CREATE ROLE \"%s\"".formatted(name));
    }
    statement.execute(
        "ALTER ROLE \"%s\" LOGIN PASSWORD '%s'".formatted(name, secrets.password(name)));
  }

  private boolean exists(String row) throws SQLException {
    try (var rows = statement.executeQuery("SELECT FROM " + row)) {
      return rows.next();
    }
  }

  /** Revokes the default that every user may connect to a new database. */
  private void revokePublicAccess(String database) throws SQLException {
    statement.execute("REVOKE ALL ON DATABASE \"%s\" FROM PUBLIC".formatted(database));
  }
}
