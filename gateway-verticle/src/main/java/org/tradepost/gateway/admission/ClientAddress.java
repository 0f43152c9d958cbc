package org.tradepost.gateway.admission;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses an address in any form that proxies write. */
final class ClientAddress {

  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)](?::\\w*)?");
  private static final Pattern PORT = Pattern.compile("([^:]*):\\w*");

  private ClientAddress() {}

  /**
   * Returns the address without quotes, brackets, port and zone. An IPv4-mapped IPv6 address
   * becomes an IPv4 address. Empty for {@code unknown}, host names and anything else; never does a
   * DNS lookup.
   */
  static Optional<InetAddress> of(String text) {
    var address = withoutZone(withoutPort(withoutQuotes(text.strip())));
    var bytes = NetUtil.createByteArrayFromIpAddressString(address);
    try {
      return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String withoutQuotes(String text) {
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static String withoutPort(String text) {
    var brackets = BRACKETS.matcher(text);
    if (brackets.matches()) {
      return brackets.group(1).indexOf(':') < 0 ? "" : brackets.group(1);
    }
    var port = PORT.matcher(text);
    return port.matches() ? port.group(1) : text;
  }

  /** Removes the zone, which names the interface of a link-local IPv6 address. */
  private static String withoutZone(String text) {
    var percent = text.indexOf('%');
    return percent > text.indexOf(':') && text.indexOf(':') >= 0
        ? text.substring(0, percent)
        : text;
  }
}
