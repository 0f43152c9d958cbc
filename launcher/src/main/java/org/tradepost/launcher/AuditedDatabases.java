package org.tradepost.launcher;

import java.io.IOException;
import java.nio.file.Path;
import org.tradepost.common.runtime.Settings;
import org.tradepost.launcher.audit.Audit;
import org.tradepost.launcher.audit.AuditedDatabase;

/**
 * Finds the databases that an audit looks into. There are two: no invariant is about the accounts,
 * and their database holds keys that nobody else should read.
 */
record AuditedDatabases(AuditedDatabase orders, AuditedDatabase product) {
  private static final String CONFIGURED = "TRADEPOST_(PRODUCT|ORDER)_DATABASE_.*";

  /**
   * Those that the operator names, else those of the data directory.
   *
   * @throws StartFailure if nothing runs on that directory
   * @throws Settings.WrongSetting naming the first setting that is missing
   */
  static AuditedDatabases of(Settings settings, Path directory) {
    return settings.values().keySet().stream().anyMatch(name -> name.matches(CONFIGURED))
        ? new AuditedDatabases(
            configured("order", "TRADEPOST_ORDER_DATABASE_", settings),
            configured("product", "TRADEPOST_PRODUCT_DATABASE_", settings))
        : embedded(directory.toAbsolutePath().normalize());
  }

  private static AuditedDatabase configured(String service, String prefix, Settings settings) {
    return new AuditedDatabase(
        service,
        settings.required(prefix + "URL"),
        settings.required(prefix + "USER"),
        settings.required(prefix + "PASSWORD"));
  }

  /** Takes no lock: whoever runs on the directory has it. */
  private static AuditedDatabases embedded(Path directory) {
    try {
      Path data = directory.toFile().exists() ? directory.toRealPath() : directory;
      int port =
          Postmaster.portOf(data.resolve("postgres"))
              .orElseThrow(() -> new StartFailure("No Tradepost is running on " + data + "."));
      String password = Secrets.auditPassword(data.resolve("secrets.properties"));
      return new AuditedDatabases(
          embedded("order", "orders", port, password),
          embedded("product", "product", port, password));
    } catch (IOException e) {
      throw new StartFailure("The data directory " + directory + " cannot be read: " + e, e);
    }
  }

  private static AuditedDatabase embedded(String service, String name, int port, String password) {
    return new AuditedDatabase(
        service, "postgresql://127.0.0.1:" + port + "/" + name, AuditRole.NAME, password);
  }

  Audit audit() {
    return new Audit(orders, product);
  }
}
