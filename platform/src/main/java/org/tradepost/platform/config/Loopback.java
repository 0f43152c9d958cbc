package org.tradepost.platform.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The loopback address of this machine: 127.0.0.1, or ::1 if it has no IPv4. */
public final class Loopback {

  private static final String IPV4 = "127.0.0.1";
  private static final boolean HAS_IPV4 = hasIpv4();

  /** The address. */
  public static final String ADDRESS = HAS_IPV4 ? IPV4 : "::1";

  private Loopback() {}

  /**
   * Makes {@code localhost} that address; must run before the JVM looks up its first name. Without
   * IPv4, the JVM looks up names, because Vert.x resolves localhost to 127.0.0.1.
   */
  public static void prepare() {
    if (!HAS_IPV4) {
      System.setProperty("vertx.disableDnsResolver", "true");
      System.setProperty("java.net.preferIPv6Addresses", "true");
    }
  }

  /** The HTTP URL of a port at that address. */
  public static URI url(int port) {
    return URI.create("http://" + hostAndPort(port));
  }

  /** The address with a port. */
  public static String hostAndPort(int port) {
    return HostName.beforePort(ADDRESS) + ":" + port;
  }

  /** Reads Linux's own table: a trial would settle which addresses the JVM prefers. */
  private static boolean hasIpv4() {
    try {
      var addresses = Path.of("/proc/net/fib_trie");
      return !Files.exists(addresses) || Files.readString(addresses).contains(IPV4);
    } catch (IOException e) {
      return true;
    }
  }
}
