package org.tradepost.launcher.up;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.Console;
import org.tradepost.launcher.cli.Session;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.startup.DataOptions;
import org.tradepost.launcher.startup.ServiceOptions;
import org.tradepost.platform.config.HostName;
import org.tradepost.platform.config.Loopback;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs all services in this JVM until it is asked to stop. */
@Command(name = "up", description = "Runs all services in one JVM, with an embedded PostgreSQL.")
public final class UpCommand implements Callable<Integer> {
  private static final int USUAL_MANAGEMENT_PORT = 9090;

  private final Console console;

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

  public UpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    var options =
        new UpOptions(
            services.services(),
            HostName.plain(host),
            port,
            managementPort(),
            data.directory(),
            data.binaries(),
            data.empty());
    new Session(console)
        .run(
            shutdown -> {
              var shop = SingleJvm.start(options, console, shutdown);
              return () -> shop.announce(console);
            });
    return 0;
  }

  private int managementPort() {
    if (managementPort.isEmpty()) {
      return Ports.orAny(Loopback.ADDRESS, USUAL_MANAGEMENT_PORT);
    }
    Ports.requireFree(Loopback.ADDRESS, managementPort.get(), "--management-port");
    return managementPort.get();
  }
}
