package org.tradepost.launcher.proof;

import java.nio.file.Path;
import java.util.function.Function;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.postgres.RunningServer;
import org.tradepost.launcher.services.Databases;
import org.tradepost.launcher.services.ServiceDatabase;
import org.tradepost.launcher.services.ServiceDescriptor;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.config.Settings;
import org.tradepost.proof.audit.Audit;
import org.tradepost.proof.audit.AuditedDatabase;

/**
 * Finds the databases that an audit reads: those of the services whose descriptors allow it. No
 * invariant is about accounts, and their database holds keys that nothing else should read.
 */
record AuditedDatabases(AuditedDatabase orders, AuditedDatabase product) {
  private static final Services AUDITED =
      new Services(Services.BUILT_IN.all().stream().filter(ServiceDescriptor::audited).toList());

  /**
   * The databases that the operator names, or else those of the data directory.
   *
   * @throws CommandFailure if no server runs on that directory
   * @throws Settings.WrongSetting naming the first setting that is missing or wrong
   */
  static AuditedDatabases of(Settings settings, Path directory) {
    return Databases.areConfigured(settings, AUDITED)
        ? of(service -> Databases.configured(settings, service))
        : of(RunningServer.on(directory));
  }

  private static AuditedDatabases of(RunningServer server) {
    var password = server.password(RunningServer.AUDIT_ROLE);
    return of(
        service ->
            new ServiceDatabase(
                server.url(service.databaseName()), RunningServer.AUDIT_ROLE, password));
  }

  private static AuditedDatabases of(Function<ServiceDescriptor, ServiceDatabase> databases) {
    return new AuditedDatabases(audited("order", databases), audited("product", databases));
  }

  private static AuditedDatabase audited(
      String service, Function<ServiceDescriptor, ServiceDatabase> databases) {
    return databases.apply(AUDITED.get(service)).forAudit(service);
  }

  Audit audit() {
    return new Audit(orders, product);
  }
}
