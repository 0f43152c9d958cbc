package org.tradepost.launcher.proof;

import java.nio.file.Path;
import org.tradepost.launcher.cli.StartFailure;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.launcher.postgres.AuditRole;
import org.tradepost.launcher.postgres.RunningServer;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.sql.DatabaseUrl;
import org.tradepost.proof.audit.Audit;
import org.tradepost.proof.audit.AuditedDatabase;

/**
 * Finds the databases that an audit reads. There are two: no invariant is about the accounts, and
 * their database holds keys that nothing else should read.
 */
record AuditedDatabases(AuditedDatabase orders, AuditedDatabase product) {
  private static final String CONFIGURED = "TRADEPOST_(PRODUCT|ORDER)_DATABASE_.*";

  /**
   * Those that the operator names, else those of the data directory.
   *
   * @throws StartFailure if nothing runs on that directory
   * @throws Settings.WrongSetting naming the first setting that is missing or wrong
   */
  static AuditedDatabases of(Settings settings, Path directory) {
    return settings.values().keySet().stream().anyMatch(name -> name.matches(CONFIGURED))
        ? new AuditedDatabases(
            configured("order", "TRADEPOST_ORDER_DATABASE_", settings),
            configured("product", "TRADEPOST_PRODUCT_DATABASE_", settings))
        : embedded(RunningServer.on(directory));
  }

  private static AuditedDatabase configured(String service, String prefix, Settings settings) {
    DatabaseUrl url = DatabaseUrl.of(prefix + "URL", settings.required(prefix + "URL"));
    return new AuditedDatabase(
        service,
        url.jdbcUrl().substring("jdbc:".length()),
        settings.required(prefix + "USER"),
        settings.required(prefix + "PASSWORD"));
  }

  private static AuditedDatabases embedded(RunningServer server) {
    String password = server.password(Secrets::auditPassword);
    return new AuditedDatabases(
        new AuditedDatabase("order", server.url("orders"), AuditRole.NAME, password),
        new AuditedDatabase("product", server.url("product"), AuditRole.NAME, password));
  }

  Audit audit() {
    return new Audit(orders, product);
  }
}
