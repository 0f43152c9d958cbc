package org.tradepost.system;

import java.util.List;

/** A network namespace with nothing in it but the loopback of IPv6. */
final class Ipv6Network implements AutoCloseable {

  private static final String NAME = "tp6" + ProcessHandle.current().pid() % 100_000;

  Ipv6Network() {
    TwoHosts.require("ip", "netns", "add", NAME);
    TwoHosts.require("ip", "-n", NAME, "link", "set", "lo", "up");
    TwoHosts.require("ip", "-n", NAME, "addr", "del", "127.0.0.1/8", "dev", "lo");
  }

  /** The prefix of a command that runs in it. */
  List<String> command() {
    return List.of("ip", "netns", "exec", NAME);
  }

  @Override
  public void close() {
    TwoHosts.require("ip", "netns", "del", NAME);
  }
}
