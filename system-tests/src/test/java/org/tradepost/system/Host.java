package org.tradepost.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tradepost.platform.config.Loopback;

/**
 * Where JVMs run.
 *
 * @param command the prefix of commands that run on it
 * @param address by which the other hosts reach it
 * @param outside the address by which clients, who are on no host, reach it
 * @param server the address of the database server as seen from this host
 * @param serverPort the port of the database server as seen from this host; 0 for its own
 */
record Host(List<String> command, String address, String outside, String server, int serverPort) {

  /** This machine, as most tests use it. */
  static final Host LOCAL = new Host(List.of(), Loopback.ADDRESS, Loopback.ADDRESS, "localhost", 0);

  /** The settings by which a node listens here. */
  Map<String, String> settings() {
    return Map.of(
        "TRADEPOST_HOST", address,
        "TRADEPOST_HTTP_HOST", outside,
        "TRADEPOST_MANAGEMENT_HOST", outside);
  }

  /** The same host, whose instances reach the database server through a proxy. */
  Host withDatabaseProxy(DatabaseProxy proxy) {
    return new Host(command, address, outside, server, proxy.port());
  }

  /** The same host with a clock that is ahead of the others'. */
  Host ahead(int seconds) {
    var shifted = new ArrayList<>(command);
    shifted.add("env");
    FakeClock.ahead(seconds).forEach((name, value) -> shifted.add(name + "=" + value));
    return new Host(List.copyOf(shifted), address, outside, server, serverPort);
  }

  /** The URL of a database as seen from this host. */
  String databaseUrl(String url) {
    return serverPort == 0
        ? url
        : url.replaceFirst("//[^/]*/", "//" + server + ":" + serverPort + "/");
  }
}
