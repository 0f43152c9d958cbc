package org.tradepost.launcher.startup;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.launcher.cli.Console;
import org.tradepost.launcher.cli.LogFile;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.StartFailure;
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
 * @param secrets made at the first start
 * @param operator what the operator set
 * @param firstStart what is left to do of the first start
 */
public record OpenDataDirectory(
    DataDirectory data, Secrets secrets, Settings operator, FirstStart firstStart) {

  /** What the log calls the JVM of the launcher, which runs several services or none. */
  private static final String PROCESS = "tradepost";

  /**
   * Takes the directory until the shutdown; from here on the services log into it.
   *
   * @throws StartFailure if it cannot be used
   */
  public static OpenDataDirectory open(Path directory, Settings operator, Shutdown shutdown) {
    var data = DataDirectory.open(directory);
    shutdown.add(data::close);
    LogFile.use(data.log());
    Logging.start(PROCESS, PROCESS, operator);
    return new OpenDataDirectory(data, Secrets.of(data), operator, FirstStart.of(data, operator));
  }

  /** The settings that all nodes have in common that run here, in a cluster of their own. */
  public Map<String, String> nodeSettings() {
    var settings = new HashMap<>(operator.values());
    // A name of its own: two shops on one machine must never become one cluster.
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
   * Does what a first start does once the REST API answers.
   *
   * @return the administrator if there is one to print, after which the first start is done;
   *     databases that others have used before have theirs already
   * @throws StartFailure if the REST API refuses something
   */
  public Optional<Administrator> finishFirstStart(
      RestClient client, boolean empty, Console console) {
    if (firstStart.pending().isEmpty()) {
      return Optional.empty();
    }
    var administrator = firstStart.pending().get();
    var loading = CatalogueLoader.as(administrator, client);
    if (loading.isEmpty() && empty) {
      firstStart.done();
      return Optional.empty();
    }
    if (loading.isEmpty()) {
      firstStart.postpone();
      console.say(
          administrator.email()
              + " has an unknown password, so the sample catalogue is not loaded. To load it, start again with the password in TRADEPOST_ADMIN_PASSWORD; to do without it, start once with --empty.");
      return Optional.empty();
    }
    if (!empty) {
      console.say("Loading the sample catalogue ...");
      loading.get().run();
    }
    return firstStart.pending();
  }
}
