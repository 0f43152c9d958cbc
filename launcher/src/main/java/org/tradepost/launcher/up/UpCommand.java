package org.tradepost.launcher.up;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Session;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.services.ConsolePorts;
import org.tradepost.launcher.startup.DataOptions;
import org.tradepost.launcher.startup.ServiceOptions;
import org.tradepost.platform.config.HostName;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs all services in this JVM until it is asked to stop. */
@Command(name = "up", description = "Runs all services in one JVM, with an embedded PostgreSQL.")
public final class UpCommand implements Callable<Integer> {
  private static final int DEFAULT_MANAGEMENT_PORT = 9090;

  private final Terminal terminal;

  @Mixin private DataOptions data;

  @Mixin private ServiceOptions services;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "The port of the REST API (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address it listens on (default: ${DEFAULT-VALUE}, this machine only).")
  private String host = Loopback.ADDRESS;

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      description =
          "The port of the health endpoint (default: 9090, or any other if that is taken).")
  private Optional<Integer> managementPort;

  public UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    var options =
        new UpOptions(
            services.services(),
            HostName.withoutBrackets(host),
            port,
            managementPort(
                managementPort, port, ConsolePorts.of(Settings.fromEnvironment()).first()),
            data.directory(),
            data.binaries(),
            data.empty());
    new Session(terminal)
        .run(
            shutdown -> {
              var tradepost = SingleJvm.start(options, terminal, shutdown);
              return () -> tradepost.announce(terminal);
            });
    return 0;
  }

  /**
   * A port that differs from the others: servers of one JVM on one port share its connections.
   *
   * @return the port, or 0 for any free one
   */
  static int managementPort(Optional<Integer> named, int port, OptionalInt console) {
    var wanted = named.orElse(DEFAULT_MANAGEMENT_PORT);
    var isConsolePort = console.equals(OptionalInt.of(wanted));
    if (named.isEmpty()) {
      return wanted == port || isConsolePort ? 0 : Ports.orAny(Loopback.ADDRESS, wanted);
    }
    if (wanted == port || isConsolePort) {
      throw new CommandFailure(
          "--management-port must be another port than "
              + (isConsolePort ? "TRADEPOST_CONSOLE." : "--port."));
    }
    Ports.requireFree(Loopback.ADDRESS, wanted, "--management-port");
    return wanted;
  }
}
