package org.tradepost.benchmarks.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * The checkout that is measured.
 *
 * @param root the directory of the script {@code tradepost}
 */
public record Project(Path root) {
  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 32_000;
  private static final int CONSECUTIVE = 4;
  private static final int ATTEMPTS = 100;

  public Path script() {
    return root.resolve("tradepost");
  }

  /** The directory of temporary files. */
  public Path target() {
    return root.resolve("benchmarks/target");
  }

  public Path page() {
    return root.resolve("docs/performance-log.md");
  }

  /** Starts a JVM for comparison with {@code up}, with the same heap size and collector. */
  public BackgroundProgram startJava(
      String name, Map<String, String> environment, String... arguments) {
    var command =
        new ArrayList<String>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dtradepost.loopback=" + LoopbackAddress.ADDRESS,
                "-Xmx512m",
                "-XX:+UseSerialGC"));
    command.addAll(List.of(arguments));
    return BackgroundProgram.start(command, environment, target().resolve(name + ".log"));
  }

  /** Starts such a JVM with a main class of ours, and waits until it prints that it listens. */
  public BackgroundProgram startListening(String name, Class<?> main, String... arguments) {
    var all =
        new ArrayList<String>(
            List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    all.addAll(List.of(arguments));
    var program = startJava(name, Map.of(), all.toArray(String[]::new));
    program.await(() -> program.printed().contains("listening"));
    return program;
  }

  /** Deletes a directory and its contents, if it exists. */
  public static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var files = Files.walk(directory)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /**
   * Finds a port that is free at the moment, and so are the next ones, for the other gateways of a
   * cluster. All are below the ephemeral range.
   */
  public static int freePort() {
    return ThreadLocalRandom.current()
        .ints(ATTEMPTS, FIRST_PORT, LAST_PORT)
        .filter(first -> IntStream.range(first, first + CONSECUTIVE).allMatch(Project::isFree))
        .findFirst()
        .orElseThrow(() -> new MeasurementFailure("This machine has no free ports."));
  }

  private static boolean isFree(int port) {
    try (var socket =
        new ServerSocket(port, 1, InetAddress.getAllByName(LoopbackAddress.ADDRESS)[0])) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
