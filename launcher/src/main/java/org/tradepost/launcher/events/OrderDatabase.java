package org.tradepost.launcher.events;

import java.nio.file.Path;
import org.tradepost.launcher.cli.StartFailure;
import org.tradepost.launcher.postgres.RunningServer;
import org.tradepost.launcher.services.Databases;
import org.tradepost.launcher.services.ServiceDatabase;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.config.Settings;

/** Finds the order database of a running system, for a command that changes something in it. */
final class OrderDatabase {
  private static final String PREFIX = "TRADEPOST_ORDER_DATABASE_";

  private OrderDatabase() {}

  /**
   * The one that the operator names, else that of the data directory; with the role of the service.
   *
   * @throws StartFailure if nothing runs on that directory
   * @throws Settings.WrongSetting naming the first setting that is missing
   */
  static ServiceDatabase of(Settings settings, Path directory) {
    if (settings.values().keySet().stream().anyMatch(name -> name.startsWith(PREFIX))) {
      return Databases.configured(settings, Services.BUILT_IN.get("order"));
    }
    RunningServer server = RunningServer.on(directory);
    return new ServiceDatabase(server.url("orders"), "orders", server.password("orders"));
  }
}
