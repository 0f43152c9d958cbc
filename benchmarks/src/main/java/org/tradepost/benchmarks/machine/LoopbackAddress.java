package org.tradepost.benchmarks.machine;

import java.net.InetAddress;

/** Where everything that is measured listens. */
public final class LoopbackAddress {
  /** 127.0.0.1, or ::1 on a machine without IPv4; the launcher knows. */
  public static final String ADDRESS =
      System.getProperty("tradepost.loopback", InetAddress.getLoopbackAddress().getHostAddress());

  private LoopbackAddress() {}

  /** The address with a port. */
  public static String place(int port) {
    return (ADDRESS.indexOf(':') < 0 ? ADDRESS : "[" + ADDRESS + "]") + ":" + port;
  }
}
