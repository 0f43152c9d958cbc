package org.tradepost.benchmarks;

/** Where everything that is measured listens. */
final class Loopback {
  /** 127.0.0.1, or ::1 on a machine without IPv4; the launcher knows. */
  static final String ADDRESS = System.getProperty("tradepost.loopback", "127.0.0.1");

  private Loopback() {}

  /** The address with a port. */
  static String place(int port) {
    return (ADDRESS.indexOf(':') < 0 ? ADDRESS : "[" + ADDRESS + "]") + ":" + port;
  }
}
