package org.tradepost.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;

/** A member of the cluster in its own JVM that serves nothing, like any client of the bus. */
final class BusClient implements AutoCloseable {

  private static final String JOINED = "joined";
  private static final Path OUTPUT = Path.of("target", "bus-client.log");

  private final Process process;

  private BusClient(Process process) {
    this.process = process;
  }

  /** Starts a client, which has joined when this returns. */
  static BusClient join(ShopCluster cluster, Host host) {
    var settings = new HashMap<>(cluster.nodeSettings("client"));
    settings.putAll(host.settings());
    var command = new ArrayList<>(host.command());
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "-Xmx192m", "-cp", System.getProperty("java.class.path"), BusClient.class.getName()));
    // A pipe that nobody reads would block the client once it is full.
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(OUTPUT.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("TRADEPOST_"));
    builder.environment().putAll(settings);
    try {
      var client = new BusClient(builder.start());
      client.awaitJoined();
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitJoined() {
    try {
      await("the bus client joins")
          .atMost(Duration.ofMinutes(3))
          .failFast("it ended: " + OUTPUT, () -> !process.isAlive())
          .until(() -> Files.readAllLines(OUTPUT).contains(JOINED));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What the JVM runs. */
  public static void main(String[] arguments) {
    TestNode.await(ClusterNode.start(NodeConfig.from(Settings.fromEnvironment())));
    System.out.println(JOINED);
  }

  /** As {@code kill -STOP} does. */
  void freeze() {
    ServiceProcess.signal(process, "STOP");
  }

  /** As {@code kill -CONT} does. */
  void resume() {
    ServiceProcess.signal(process, "CONT");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
