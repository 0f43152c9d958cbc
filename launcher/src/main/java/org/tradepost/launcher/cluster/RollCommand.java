package org.tradepost.launcher.cluster;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Restarts every member of a running local cluster. */
@Command(
    name = "roll",
    description = {
      "Restarts the members of a running ./tradepost cluster, one after another.",
      "It waits until each is ready and every gateway knows it."
    })
public final class RollCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${sys:tradepost.data:-.tradepost/data}",
      description = "The data directory of the running cluster (default: ${DEFAULT-VALUE}).")
  private Path data;

  public RollCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return ControlSocket.send(data, "roll", console);
  }
}
