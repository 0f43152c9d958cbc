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
    description = "Runs every service in JVMs of its own.",
    footer = {
      "",
      "The databases are on a PostgreSQL of its own, unless TRADEPOST_AUTH_DATABASE_URL,",
      "_USER and _PASSWORD, and the like for PRODUCT and ORDER, name others."
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
          "Where the first gateway listens, the next one on the port after it (default:"
              + " ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--tls",
      description =
          "Let the members talk to each other by TLS, with certificates from the data directory,"
              + " which are made when there are none.")
  private boolean tls;

  private static final String COUNT = "How many JVMs run it (default: ${DEFAULT-VALUE}).";

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
