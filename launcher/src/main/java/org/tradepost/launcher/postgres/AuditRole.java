package org.tradepost.launcher.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.tradepost.launcher.cli.StartFailure;
import org.tradepost.launcher.data.Secrets;

/** The role of the audit, which may read its tables and change nothing. */
public final class AuditRole {
  public static final String NAME = "audit";

  private AuditRole() {}

  /**
   * Creates or updates the role as the server's superuser; servers from before there was an audit
   * get theirs at their next start. The password needs no quoting, see {@link Secrets#random}.
   */
  static void ensure(DataSource superuser, Secrets secrets) {
    try (Connection connection = superuser.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'audit') THEN CREATE ROLE audit; END IF;
          END $$
          """);
      statement.execute("ALTER ROLE audit LOGIN PASSWORD '%s'".formatted(secrets.audit()));
      statement.execute("ALTER ROLE audit SET default_transaction_read_only = on");
      statement.execute("GRANT pg_read_all_data TO audit");
      statement.execute("GRANT CONNECT ON DATABASE product, orders TO audit");
    } catch (SQLException e) {
      throw new StartFailure("The role audit cannot be created: " + e.getMessage(), e);
    }
  }
}
