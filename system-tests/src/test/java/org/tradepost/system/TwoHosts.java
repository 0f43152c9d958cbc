package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tradepost.platform.testing.TestNode;

/**
 * Two hosts on this machine: network namespaces, each with a link to a switch between them and one
 * to the outside, where clients and the database server are. The switch can drop one of them,
 * without notice to either.
 */
final class TwoHosts implements AutoCloseable {

  private static final String ID = "tp" + ProcessHandle.current().pid() % 100_000;
  private static final String SWITCH = ID + "s";

  /** A separate network for each run, so that two runs at once do not interfere. */
  private static final String NETWORK = "10." + (64 + ProcessHandle.current().pid() % 128) + ".";

  private final Vertx vertx = Vertx.vertx();
  private final List<Host> hosts = new ArrayList<>();

  /** Whether this machine can be divided, which takes Linux, iproute2 and permission. */
  static boolean arePossible() {
    try {
      var made = run("ip", "netns", "add", SWITCH) == 0;
      return made && run("ip", "netns", "del", SWITCH) == 0;
    } catch (UncheckedIOException notInstalled) {
      return false;
    }
  }

  /**
   * @param databasePort where the database server listens on this machine
   */
  TwoHosts(int databasePort) {
    require("ip", "netns", "add", SWITCH);
    require("ip", "-n", SWITCH, "link", "add", "name", "lan", "type", "bridge");
    require("ip", "-n", SWITCH, "link", "set", "lan", "up");
    hosts.add(make(1, databasePort));
    hosts.add(make(2, databasePort));
  }

  private Host make(int number, int databasePort) {
    var name = ID + number;
    var address = NETWORK + "0." + number;
    var outside = NETWORK + number + ".2";
    var world = NETWORK + number + ".1";
    require("ip", "netns", "add", name);
    require("ip", "-n", name, "link", "set", "lo", "up");
    require(
        "ip",
        "link",
        "add",
        "lan",
        "netns",
        name,
        "type",
        "veth",
        "peer",
        "p" + number,
        "netns",
        SWITCH);
    require("ip", "-n", name, "addr", "add", address + "/24", "dev", "lan");
    require("ip", "-n", name, "link", "set", "lan", "up");
    require("ip", "-n", SWITCH, "link", "set", "p" + number, "master", "lan", "up");
    require("ip", "link", "add", "out", "netns", name, "type", "veth", "peer", name);
    require("ip", "-n", name, "addr", "add", outside + "/24", "dev", "out");
    require("ip", "-n", name, "link", "set", "out", "up");
    require("ip", "addr", "add", world + "/24", "dev", name);
    require("ip", "link", "set", name, "up");
    // The database server listens on the loopback of this machine alone.
    var server = new DatabaseProxy(vertx, world, databasePort).port();
    return new Host(List.of("ip", "netns", "exec", name), address, outside, world, server);
  }

  List<Host> both() {
    return List.copyOf(hosts);
  }

  /** From now on nothing passes between them, and neither is notified. */
  void separate() {
    require("ip", "-n", SWITCH, "link", "set", "p2", "nomaster");
  }

  /** They reach each other again. */
  void rejoin() {
    require("ip", "-n", SWITCH, "link", "set", "p2", "master", "lan");
  }

  /** The second host is cut off in both directions, from the first one and from the outside. */
  void cutOffSecond() {
    separate();
    var second = hosts.get(1);
    require(forged("neigh", "replace", second.outside(), "dev", ID + 2));
    require(forged("-n", ID + 2, "neigh", "replace", second.server(), "dev", "out"));
  }

  /** Frames to a hardware address that does not exist are lost without an error. */
  private static String[] forged(String... neighbour) {
    return Stream.of(
            Stream.of("ip"),
            Arrays.stream(neighbour),
            Stream.of("lladdr", "02:00:00:00:00:01", "nud", "permanent"))
        .flatMap(words -> words)
        .toArray(String[]::new);
  }

  @Override
  public void close() {
    TestNode.await(vertx.close());
    // A namespace is removed only after its last process ends, and keeps these names until then.
    run("ip", "link", "del", ID + 1);
    run("ip", "link", "del", ID + 2);
    for (var namespace : List.of(ID + 1, ID + 2, SWITCH)) {
      run("ip", "netns", "del", namespace);
    }
  }

  static void require(String... command) {
    assertThat(run(command)).as(String.join(" ", command)).isZero();
  }

  private static int run(String... command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
