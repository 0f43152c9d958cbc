package org.tradepost.launcher.cluster;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.Console;
import org.tradepost.launcher.services.Services;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives services of a running local cluster more members, or fewer. */
@Command(
    name = "scale",
    description = {
      "Starts or stops members of a running ./tradepost cluster, until each",
      "named service has N members. Those that died are started again."
    })
public final class ScaleCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${sys:tradepost.data:-.tradepost/data}",
      description = "The data directory of the running cluster (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Parameters(paramLabel = "SERVICE=N", arity = "1..*", description = "For example order=3.")
  private Map<String, Integer> counts;

  public ScaleCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    counts.forEach(this::require);
    return counts.entrySet().stream()
        .mapToInt(
            count ->
                ControlSocket.send(
                    data, "scale " + count.getKey() + " " + count.getValue(), console))
        .max()
        .orElseThrow();
  }

  private void require(String service, int count) {
    if (!Services.NAMES.contains(service) || count < 1) {
      throw new ParameterException(
          command.commandLine(),
          String.format(
              Locale.ROOT,
              "%s=%d: the services are %s, and each needs at least 1.",
              service,
              count,
              String.join(", ", Services.NAMES)));
    }
  }
}
