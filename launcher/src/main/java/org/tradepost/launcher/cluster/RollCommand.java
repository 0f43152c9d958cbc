package org.tradepost.launcher.cluster;

import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.RunningDataOption;
import org.tradepost.launcher.cli.Terminal;
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
  private final Terminal terminal;

  @Mixin private RunningDataOption data;

  public RollCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return ControlSocket.send(data.directory(), "roll", terminal);
  }
}
