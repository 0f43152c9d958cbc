package org.tradepost.launcher.cluster;

import java.util.Map;
import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.Console;
import org.tradepost.launcher.cli.Session;
import org.tradepost.launcher.startup.DataOptions;
import org.tradepost.platform.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs every service in JVMs of its own until it is asked to stop. */
@Command(
    name = "cluster",
    description = "Runs each service in its own JVMs.",
    footer = {
      "",
      "It starts an embedded PostgreSQL, unless TRADEPOST_AUTH_DATABASE_URL, _USER and",
      "_PASSWORD, and the same settings for PRODUCT and ORDER, name other databases."
    })
public final class ClusterCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec command;

  @Mixin private DataOptions data;

  @Option(names = "--auth", paramLabel = "N", defaultValue = "1", description = COUNT)
  private int auth;

  @Option(names = "--product", paramLabel = "N", defaultValue = "2", description = COUNT)
  private int product;

  @Option(names = "--order", paramLabel = "N", defaultValue = "2", description = COUNT)
  private int order;

  @Option(names = "--gateway", paramLabel = "N", defaultValue = "1", description = COUNT)
  private int gateway;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description =
          "The port of the first gateway; further gateways use the next ports (default:"
              + " ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--tls",
      description =
          "Use TLS between the members, with the certificates in the data directory, which are"
              + " created if there are none.")
  private boolean tls;

  private static final String COUNT = "The number of its JVMs (default: ${DEFAULT-VALUE}).";

  public ClusterCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    ClusterOptions options =
        new ClusterOptions(counts(), port, data.directory(), data.binaries(), data.empty(), tls);
    new Session(console)
        .run(
            shutdown -> {
              LocalCluster cluster =
                  LocalCluster.start(options, Settings.fromEnvironment(), console, shutdown);
              ControlSocket control =
                  ControlSocket.start(options.data(), new ClusterCommands(cluster));
              shutdown.add(control::stop);
              return cluster::announce;
            });
    return 0;
  }

  private Map<String, Integer> counts() {
    Map<String, Integer> counts =
        Map.of("auth", auth, "product", product, "order", order, "gateway", gateway);
    counts.forEach(
        (service, count) -> {
          if (count < 1) {
            throw new ParameterException(
                command.commandLine(), "--" + service + " must be at least 1.");
          }
        });
    return counts;
  }
}
