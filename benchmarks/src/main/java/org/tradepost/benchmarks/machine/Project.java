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

/**
 * The checkout that is measured.
 *
 * @param root where {@code tradepost} is
 */
public record Project(Path root) {
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

  /** Starts a JVM that is measured beside {@code up}: the same heap, the same GC. */
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

  /** The same with a main class of this program, until it prints that it is listening. */
  public BackgroundProgram startListening(String name, Class<?> main, String... arguments) {
    var all =
        new ArrayList<String>(
            List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    all.addAll(List.of(arguments));
    var program = startJava(name, Map.of(), all.toArray(String[]::new));
    program.await(() -> program.printed().contains("listening"));
    return program;
  }

  /** Deletes a directory with all that is in it, if it is there. */
  public static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var files = Files.walk(directory)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** A port that is free at the moment. */
  public static int freePort() {
    try (var socket =
        new ServerSocket(0, 1, InetAddress.getAllByName(LoopbackAddress.ADDRESS)[0])) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new MeasurementFailure("This machine has no free port.", e);
    }
  }
}
