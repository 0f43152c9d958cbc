package org.tradepost.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.platform.config.Loopback;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the benchmarks in a separate JVM, because they need libraries that nothing else uses. */
@Command(
    name = "bench",
    description = "Measures Tradepost and compares it with the alternatives.",
    footer = {
      "",
      "It starts its own Tradepost in benchmarks/target, and writes performance.json there.",
      "The tables go to performance.md there; those of a run of all jobs without --quick go "
          + "to docs/performance-log.md. The exit status is 1 if something could not be measured, "
          + "a response was wrong, or the audit found a violation."
    })
final class BenchCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "Takes less than 3 minutes, and is less exact.")
  private boolean quick;

  @Parameters(
      paramLabel = "JOB",
      arity = "0..*",
      description = {
        "What to measure: place, peer, hot, latency, cached, "
            + "uncached, search, shoppers, list, orders, login, start, "
            + "warm, growth, cluster, overload, failover, bus.",
        "By default all of them; with --quick place, latency, " + "cached and uncached."
      })
  private List<String> jobs = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var bench = new ProcessBuilder(command()).inheritIO().start();
    Shutdown.atExit().add(() -> stop(bench));
    return bench.waitFor();
  }

  private List<String> command() {
    var project = Path.of(System.getProperty("tradepost.project", "."));
    var jar = project.resolve("benchmarks/target/benchmarks.jar");
    if (!Files.exists(jar)) {
      throw new CommandFailure(jar + " does not exist; run the script ./tradepost instead.");
    }
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The default temporary directory may be read-only, and the default language not English.
    command.addAll(List.of("-Djava.io.tmpdir=" + jar.getParent(), "-Duser.language=en"));
    command.add("-Dtradepost.loopback=" + Loopback.ADDRESS);
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-jar", jar.toString()));
    command.addAll(List.of("--project", project.toString()));
    if (quick) {
      command.add("--quick");
    }
    command.addAll(jobs);
    return command;
  }

  /** Stops the benchmarks, and waits while they stop what they started. */
  private static void stop(Process bench) {
    bench.destroy();
    try {
      bench.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
