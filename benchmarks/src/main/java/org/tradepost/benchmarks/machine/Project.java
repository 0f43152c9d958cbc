package org.tradepost.benchmarks.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

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

  /** The options of a JVM that is measured beside {@code up}: the same heap, the same GC. */
  public static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Dtradepost.loopback=" + LoopbackAddress.ADDRESS,
        "-Xmx512m",
        "-XX:+UseSerialGC");
  }

  /** A port that is free at the moment. */
  public static int freePort() {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getAllByName(LoopbackAddress.ADDRESS)[0])) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new MeasurementFailure("This machine has no free port.", e);
    }
  }
}
