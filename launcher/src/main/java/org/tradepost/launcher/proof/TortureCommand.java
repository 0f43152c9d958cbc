package org.tradepost.launcher.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cluster.ClusterOptions;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.services.Services;
import org.tradepost.launcher.startup.DataOptions;
import org.tradepost.proof.torture.TorturePlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Places orders on a cluster whose parts are killed and frozen, and checks the result. */
@Command(
    name = "torture",
    description = "Kills parts of a cluster under load, and checks that nothing was lost.",
    exitCodeOnExecutionException = TortureRun.CANNOT_RUN,
    footer = {
      "",
      "It starts its own cluster and PostgreSQL in a new directory, which is removed if all checks "
          + "pass. The exit status is 0 if all pass, 1 if a check failed, 2 if it could not run."
    })
public final class TortureCommand implements Callable<Integer> {
  private static final int GATEWAYS = 2;

  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "10",
      description = "For how many minutes the buyers place orders (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Determines which faults happen when (default: a random one).")
  private Optional<Long> seed;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "16",
      description = "The number of buyers (default: ${DEFAULT-VALUE}).")
  private int clients;

  public TortureCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    requireAtLeastOne("--minutes", minutes);
    requireAtLeastOne("--clients", clients);
    var plan =
        new TorturePlan(
            seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000)),
            Duration.ofMinutes(minutes),
            clients,
            Secrets.random());
    var directory = newDirectory();
    var options =
        new ClusterOptions(
            Services.BUILT_IN.withInstances(Map.of(Services.BUILT_IN.gateway().name(), GATEWAYS)),
            Ports.free(GATEWAYS).get(0),
            directory,
            DataOptions.binaries(directory),
            true,
            false);
    return new TortureRun(plan, options, terminal, Shutdown.atExit()).run();
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("tradepost-torture-").toRealPath();
    } catch (IOException e) {
      throw new CommandFailure(
          "No directory can be created in %s; name another with TRADEPOST_JAVA_OPTIONS=-Djava.io.tmpdir=DIRECTORY."
              .formatted(System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  private void requireAtLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(command.commandLine(), option + " must be at least 1.");
    }
  }
}
