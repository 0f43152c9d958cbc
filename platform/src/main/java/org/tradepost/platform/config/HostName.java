package org.tradepost.platform.config;

/** Converts host names and addresses: before a port, an IPv6 address is written in brackets. */
public final class HostName {

  private HostName() {}

  /** The host as written before a port, in a URL or elsewhere. */
  public static String beforePort(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /** The host without the brackets of an IPv6 address. */
  public static String withoutBrackets(String written) {
    return written.startsWith("[") && written.endsWith("]")
        ? written.substring(1, written.length() - 1)
        : written;
  }
}
