package org.tradepost.launcher.cluster;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tradepost.launcher.cli.Session;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.services.Services;
import org.tradepost.launcher.startup.DataOptions;
import org.tradepost.launcher.startup.ServiceOptions;
import org.tradepost.platform.config.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs every service in JVMs of its own until it is asked to stop. */
@Command(
    name = "cluster",
    description = "Runs each service in its own JVMs.",
    footer = {
      "",
      "It starts an embedded PostgreSQL, unless TRADEPOST_ORDER_DATABASE_URL, _USER and "
          + "_PASSWORD, and the same settings for the other services, name other databases."
    })
public final class ClusterCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Mixin private DataOptions data;

  @Mixin private ServiceOptions services;

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

  private ClusterCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command, with an option for each service. */
  public static CommandLine commandLine(Terminal terminal) {
    var line = new CommandLine(new ClusterCommand(terminal));
    for (var service : Services.BUILT_IN.all()) {
      line.getCommandSpec()
          .addOption(
              OptionSpec.builder("--" + service.name())
                  .type(int.class)
                  .paramLabel("N")
                  .defaultValue(service.instances().toString())
                  .description("The number of its JVMs (default: ${DEFAULT-VALUE}).")
                  .build());
    }
    return line;
  }

  @Override
  public Integer call() throws InterruptedException {
    var options =
        new ClusterOptions(
            services.services().withInstances(counts()),
            port,
            data.directory(),
            data.binaries(),
            data.empty(),
            tls);
    new Session(terminal)
        .run(
            shutdown -> {
              var cluster =
                  LocalCluster.start(options, Settings.fromEnvironment(), terminal, shutdown);
              var control = ControlSocket.start(options.data(), new ClusterCommands(cluster));
              shutdown.add(control::stop);
              return cluster::announce;
            });
    return 0;
  }

  private Map<String, Integer> counts() {
    return Services.BUILT_IN.names().stream().collect(Collectors.toMap(name -> name, this::count));
  }

  private int count(String service) {
    int count = command.findOption("--" + service).getValue();
    if (count < 1) {
      throw new ParameterException(command.commandLine(), "--" + service + " must be at least 1.");
    }
    return count;
  }
}
