package org.tradepost.launcher.up;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.demo.Demo;
import org.tradepost.launcher.demo.DemoSteps;
import org.tradepost.launcher.demo.Transcript;
import org.tradepost.launcher.os.Directories;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.services.Services;
import org.tradepost.launcher.startup.DataOptions;
import org.tradepost.platform.config.Loopback;
import org.tradepost.proof.rest.RestClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts everything on temporary data, runs the demo and some load, and stops. The JVM can archive
 * the classes that it loads meanwhile, so that later JVMs start faster. From JDK 25 it can also
 * archive profiles of the code under load, so that later JVMs compile it early.
 */
@Command(
    name = "training-run",
    hidden = true,
    description = "Starts everything once, so that its classes can be archived.")
public final class TrainingRunCommand implements Callable<Integer> {

  @Option(names = "--load-seconds", description = "How long to send requests after the demo.")
  private int loadSeconds;

  @Override
  public Integer call() throws IOException {
    // Beside the server's programs, because the default temporary directory may be read-only.
    var shared = Files.createDirectories(DataOptions.binaries(Path.of("")).getParent());
    var directory = Files.createTempDirectory(shared, "training-");
    var shutdown = Shutdown.atExit();
    // Added first, so that the directory is deleted last, when nothing uses it.
    shutdown.add(() -> delete(directory));
    run(directory, shutdown);
    return 0;
  }

  private void run(Path directory, Shutdown shutdown) {
    var noOutput = Terminal.to(OutputStream.nullOutputStream());
    try {
      int port = Ports.free(1).get(0);
      var options =
          new UpOptions(
              Services.BUILT_IN,
              Loopback.ADDRESS,
              port,
              0,
              directory,
              DataOptions.binaries(directory),
              false);
      SingleJvm.start(options, noOutput, shutdown);
      var client = new RestClient(options.url());
      new Demo(new DemoSteps(client, new Transcript(noOutput))).run();
      TrainingLoad.run(client, Duration.ofSeconds(loadSeconds));
    } finally {
      if (!shutdown.isRunning()) {
        shutdown.run();
      }
    }
  }

  private static void delete(Path directory) {
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
