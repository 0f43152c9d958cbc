package org.tradepost.launcher.startup;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.LogFile;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.data.Administrator;
import org.tradepost.launcher.data.DataDirectory;
import org.tradepost.launcher.data.FirstStart;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.telemetry.logging.Logging;
import org.tradepost.proof.rest.RestClient;

/**
 * A data directory in use, with its secrets and the operator's settings.
 *
 * @param secrets generated at the first start
 * @param operator the operator's settings
 * @param firstStart what remains to be done of the first start
 */
public record OpenDataDirectory(
    DataDirectory data, Secrets secrets, Settings operator, FirstStart firstStart) {

  /** The name of the launcher's JVM in the log; this JVM runs several services or none. */
  private static final String PROCESS = "tradepost";

  /**
   * Locks the directory until the shutdown, and directs the log of the services into it.
   *
   * @throws CommandFailure if it cannot be used
   */
  public static OpenDataDirectory open(Path directory, Settings operator, Shutdown shutdown) {
    var data = DataDirectory.open(directory);
    shutdown.add(data::close);
    LogFile.use(data.log());
    Logging.start(PROCESS, PROCESS, operator);
    return new OpenDataDirectory(data, Secrets.of(data), operator, FirstStart.of(data, operator));
  }

  /** The settings that all nodes of this Tradepost share. */
  public Map<String, String> nodeSettings() {
    var settings = new HashMap<>(operator.values());
    // A unique name, so that two Tradeposts on one machine never form one cluster.
    settings.put("TRADEPOST_CLUSTER_NAME", "tradepost-" + UUID.randomUUID());
    settings.put("TRADEPOST_CLUSTER_SECRET", secrets.cluster());
    settings.put("TRADEPOST_CLUSTER_MEMBERS", "");
    settings.put("TRADEPOST_CLUSTER_KUBERNETES_DNS", "");
    settings.put("TRADEPOST_EVENTBUS_PORT", "0");
    settings.put("TRADEPOST_HOST", Loopback.ADDRESS);
    settings.put("TRADEPOST_PUBLIC_HOST", "");
    settings.put("TRADEPOST_MANAGEMENT_HOST", Loopback.ADDRESS);
    return settings;
  }

  /**
   * Does the part of the first start that needs the REST API.
   *
   * @return the administrator to print, after which the first start is done; empty if it was done
   *     before, or if the databases already have another administrator
   * @throws CommandFailure if the REST API rejects a request
   */
  public Optional<Administrator> finishFirstStart(
      RestClient client, boolean empty, Terminal terminal) {
    if (firstStart.pendingAdministrator().isEmpty()) {
      return Optional.empty();
    }
    var administrator = firstStart.pendingAdministrator().get();
    var loading = CatalogueLoader.logIn(administrator, client);
    if (loading.isEmpty() && empty) {
      firstStart.done();
      return Optional.empty();
    }
    if (loading.isEmpty()) {
      firstStart.postpone();
      terminal.print(
          administrator.email()
              + " has an unknown password, so the sample catalogue is not loaded. To load it, start again with the password in TRADEPOST_ADMIN_PASSWORD; to do without it, start once with --empty.");
      return Optional.empty();
    }
    if (!empty) {
      terminal.print("Loading the sample catalogue ...");
      loading.get().run();
    }
    return firstStart.pendingAdministrator();
  }
}
