package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.testing.FreePorts;

/** {@code tradepost up} in its own JVM, and other commands that run beside it. */
final class UpProcess implements AutoCloseable {

  private static final Path ROOT = Path.of(System.getProperty("tradepost.root", ".."));

  /** The PostgreSQL programs, unpacked once for all of them. */
  private static final Path SERVER = Path.of("target", "server").toAbsolutePath();

  private final List<String> java = new ArrayList<>();
  private final int port = FreePorts.one();
  private final Path printed = Path.of("target", "up-" + port + ".log");
  private final Process process;

  /**
   * @param before the prefix of every command
   * @param options of the JVMs
   * @param arguments of {@code up}, besides its port
   */
  UpProcess(List<String> before, List<String> options, List<String> arguments) throws IOException {
    java.addAll(before);
    java.add(ProcessHandle.current().info().command().orElse("java"));
    java.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    java.add("-Dtradepost.postgres=" + SERVER);
    java.addAll(options);
    java.addAll(List.of("-jar", ROOT.resolve("launcher/target/launcher.jar").toString()));
    var up = new ArrayList<>(List.of("up", "--port", Integer.toString(port)));
    up.addAll(arguments);
    process = builder(up).redirectOutput(printed.toFile()).start();
  }

  private ProcessBuilder builder(List<String> arguments) {
    var command = new ArrayList<>(java);
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("TRADEPOST_"));
    return builder;
  }

  int port() {
    return port;
  }

  void awaitUp() {
    await("Tradepost to be up")
        .atMost(Duration.ofMinutes(3))
        .failFast("it ended: " + printed, () -> !process.isAlive())
        .until(() -> output().contains("Ctrl-C stops everything."));
  }

  String output() {
    try {
      return Files.readString(printed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the demo against it, and returns its output. */
  String demo() throws IOException {
    return run("demo", "--url", Loopback.url(port).toString());
  }

  /** Runs another command to its end, and returns its output. */
  String run(String... arguments) throws IOException {
    var command = builder(List.of(arguments)).start();
    return new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("has stopped").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
