package org.tradepost.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tradepost.platform.config.Loopback;

/**
 * Where JVMs run.
 *
 * @param command the prefix of a command on it
 * @param address by which the other hosts reach it
 * @param outside the address by which clients, who are on no host, reach it
 * @param server the address of the database server as this host sees it
 * @param serverPort the port of the database server as this host sees it; 0 for its own
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

  /** The same host, where instances reach the database server another way. */
  Host behind(DatabaseProxy proxy) {
    return new Host(command, address, outside, server, proxy.port());
  }

  /** The same host with a clock that is ahead of the others'. */
  Host ahead(int seconds) {
    var shifted = new ArrayList<>(command);
    shifted.add("env");
    FakeClock.ahead(seconds).forEach((name, value) -> shifted.add(name + "=" + value));
    return new Host(List.copyOf(shifted), address, outside, server, serverPort);
  }

  /** The address of a database, as it is from here. */
  String databaseUrl(String url) {
    return serverPort == 0
        ? url
        : url.replaceFirst("//[^/]*/", "//" + server + ":" + serverPort + "/");
  }
}
