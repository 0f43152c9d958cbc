package org.tradepost.launcher.cluster;

import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.Console;
import org.tradepost.launcher.cli.RunningDataOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Restarts every member of a running local cluster. */
@Command(
    name = "roll",
    description = {
      "Restarts the members of a running ./tradepost cluster, one after another.",
      "It waits until each is ready and every gateway knows it."
    })
public final class RollCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private RunningDataOption data;

  public RollCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return ControlSocket.send(data.directory(), "roll", console);
  }
}
