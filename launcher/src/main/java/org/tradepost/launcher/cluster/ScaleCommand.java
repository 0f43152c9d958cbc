package org.tradepost.launcher.cluster;

import java.util.Map;
import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.RunningDataOption;
import org.tradepost.launcher.cli.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes the number of members of services in a running local cluster. */
@Command(
    name = "scale",
    description = {
      "Starts or stops members of a running ./tradepost cluster, until each named service has N.",
      "Members that died are started again."
    })
public final class ScaleCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Mixin private RunningDataOption data;

  @Parameters(paramLabel = "SERVICE=N", arity = "1..*", description = "For example order=3.")
  private Map<String, Integer> counts;

  public ScaleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var line = new StringBuilder("scale");
    counts.forEach(
        (service, count) -> {
          if (count < 1 || !service.matches("[a-z0-9-]+")) {
            throw new ParameterException(
                command.commandLine(),
                service + "=" + count + " must be the name of a service and at least 1.");
          }
          line.append(' ').append(service).append(' ').append(count);
        });
    return ControlSocket.send(data.directory(), line.toString(), terminal);
  }
}
