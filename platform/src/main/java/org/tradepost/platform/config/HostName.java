package org.tradepost.platform.config;

/** A name or address of a host, which is written with brackets before a port if it is of IPv6. */
public final class HostName {

  private HostName() {}

  /** As it stands in front of a port, in a URL or elsewhere. */
  public static String beforePort(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /** Without the brackets of an IPv6 address. */
  public static String plain(String written) {
    return written.startsWith("[") && written.endsWith("]")
        ? written.substring(1, written.length() - 1)
        : written;
  }
}
