package org.tradepost.platform.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the programs of this machine talk to each other: 127.0.0.1, or ::1 if it has no IPv4. */
public final class Loopback {

  private static final String IPV4 = "127.0.0.1";
  private static final boolean HAS_IPV4 = hasIpv4();

  /** The address. */
  public static final String ADDRESS = HAS_IPV4 ? IPV4 : "::1";

  private Loopback() {}

  /**
   * Lets {@code localhost} be that address; comes before the JVM looks up the first name. Without
   * IPv4 names are looked up as the machine does: Vert.x itself takes localhost for 127.0.0.1.
   */
  public static void prepare() {
    if (!HAS_IPV4) {
      System.setProperty("vertx.disableDnsResolver", "true");
      System.setProperty("java.net.preferIPv6Addresses", "true");
    }
  }

  /** What is served there over HTTP. */
  public static URI url(int port) {
    return URI.create("http://" + place(port));
  }

  /** The address with a port. */
  public static String place(int port) {
    return HostName.beforePort(ADDRESS) + ":" + port;
  }

  /** From Linux's own table: to try would settle which addresses the JVM prefers. */
  private static boolean hasIpv4() {
    try {
      var addresses = Path.of("/proc/net/fib_trie");
      return !Files.exists(addresses) || Files.readString(addresses).contains(IPV4);
    } catch (IOException e) {
      return true;
    }
  }
}
