package org.tradepost.launcher.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.LogFile;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cluster.ClusterOptions;
import org.tradepost.launcher.os.Directories;
import org.tradepost.proof.audit.DatabaseUnreadable;
import org.tradepost.proof.torture.Torture;
import org.tradepost.proof.torture.TorturePlan;
import org.tradepost.proof.torture.load.TortureFailure;

/** A torture run in its own directory, which is deleted unless something failed. */
final class TortureRun {
  private static final int CLEAN = 0;
  private static final int FAILED = 1;
  static final int CANNOT_RUN = 2;

  private final TorturePlan plan;
  private final ClusterOptions options;
  private final Terminal terminal;
  private final Shutdown shutdown;
  private volatile boolean ended;
  private volatile boolean kept;

  /**
   * @param options its data directory is the one that is deleted
   */
  TortureRun(TorturePlan plan, ClusterOptions options, Terminal terminal, Shutdown shutdown) {
    this.plan = plan;
    this.options = options;
    this.terminal = terminal;
    this.shutdown = shutdown;
  }

  /** Runs everything and returns the exit status. */
  int run() throws IOException, InterruptedException {
    shutdown.add(this::cleanUp);
    LogFile.use(options.data().resolve("torture.log"));
    try {
      return torture();
    } catch (CommandFailure | TortureFailure | DatabaseUnreadable e) {
      // If the user interrupts the run, the failures of its parts are not reported.
      if (!shutdown.isRunning()) {
        terminal.print(e.getMessage());
        kept = true;
      }
      return CANNOT_RUN;
    } catch (IOException | RuntimeException e) {
      kept = true;
      throw e;
    } finally {
      if (!shutdown.isRunning()) {
        shutdown.run();
      }
    }
  }

  private int torture() throws IOException, InterruptedException {
    terminal.print("Starting a cluster in %s ...".formatted(options.data()));
    var log = Terminal.to(Files.newOutputStream(options.data().resolve("members.log")));
    var cluster = LocalFaultableCluster.start(options, settings(), log, shutdown);
    var torture = new Torture(plan, cluster, terminal::print);
    shutdown.add(torture::abandon);
    shutdown.add(this::sayIfEarly);
    var report = torture.run();
    ended = true;
    Files.writeString(options.data().resolve("calls.log"), report.log());
    terminal.print(report.text());
    kept = !report.isClean();
    return report.isClean() ? CLEAN : FAILED;
  }

  private Map<String, String> settings() {
    return Map.of(
        "TRADEPOST_ADMIN_EMAIL", plan.administrator(),
        "TRADEPOST_ADMIN_PASSWORD", plan.password(),
        "TRADEPOST_HOLD_SECONDS", Long.toString(TorturePlan.HOLD.toSeconds()),
        "TRADEPOST_ACCESS_TOKEN_SECONDS", "3600",
        // Members live for seconds only, so compiling fast matters more than fast code.
        "JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
  }

  private void sayIfEarly() {
    if (!ended) {
      terminal.print("\nStopping ...");
    }
  }

  private void cleanUp() {
    if (kept) {
      terminal.print("Data, logs and calls are in " + options.data());
      return;
    }
    try {
      Directories.delete(options.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
