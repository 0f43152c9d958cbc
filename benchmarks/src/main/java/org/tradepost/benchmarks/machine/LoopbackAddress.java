package org.tradepost.benchmarks.machine;

import java.net.InetAddress;

/** The address on which everything that is measured listens. */
public final class LoopbackAddress {
  /** 127.0.0.1, or ::1 on a machine without IPv4, as the launcher found it. */
  public static final String ADDRESS =
      System.getProperty("tradepost.loopback", InetAddress.getLoopbackAddress().getHostAddress());

  private LoopbackAddress() {}

  /** The address with a port. */
  public static String withPort(int port) {
    return (ADDRESS.indexOf(':') < 0 ? ADDRESS : "[" + ADDRESS + "]") + ":" + port;
  }
}
