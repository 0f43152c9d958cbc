package org.tradepost.gateway.admission;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tradepost.gateway.connection.ConnectionContext;
import org.tradepost.platform.config.Settings;

/**
 * The proxies that are trusted to name their client. Any client can send {@code X-Forwarded-For}
 * and {@code Forwarded}, so only the entries that a trusted proxy added count.
 */
public final class TrustedProxies {

  private static final String SETTING = "TRADEPOST_TRUSTED_PROXIES";

  private final List<IpSubnetFilterRule> networks;

  private TrustedProxies(List<IpSubnetFilterRule> networks) {
    this.networks = networks;
  }

  /**
   * Reads addresses and networks such as {@code 10.0.0.0/8}.
   *
   * @throws Settings.WrongSetting if an entry is neither
   */
  public static TrustedProxies from(Settings settings) {
    return new TrustedProxies(
        settings.list(SETTING).stream().map(TrustedProxies::network).toList());
  }

  private static IpSubnetFilterRule network(String text) {
    var slash = text.indexOf('/');
    var written = slash < 0 ? text : text.substring(0, slash);
    var address = ClientAddress.of(written).orElseThrow(() -> wrong(text));
    var all = 8 * address.getAddress().length;
    try {
      var bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
      // A network of IPv4-mapped IPv6 addresses.
      var mapped = slash >= 0 && all == 32 && written.indexOf(':') >= 0;
      return new IpSubnetFilterRule(address, mapped ? bits - 96 : bits, IpFilterRuleType.ACCEPT);
    } catch (IllegalArgumentException malformed) {
      throw wrong(text);
    }
  }

  private static Settings.WrongSetting wrong(String text) {
    return new Settings.WrongSetting(SETTING, "has an invalid address or network: " + text);
  }

  /**
   * Returns what identifies the client of a request: its IPv4 address, or the /64 network of its
   * IPv6 address, since a client with one such address has 2^64.
   */
  Object clientOf(HttpServerRequest request) {
    // A connection that has closed in the meantime has no address.
    return ConnectionContext.of(request.connection()).channel().remoteAddress()
            instanceof InetSocketAddress remote
        ? client(remote.getAddress(), request.headers())
        : "";
  }

  private Object client(InetAddress remote, MultiMap headers) {
    var client = networks.isEmpty() ? remote : addressOf(remote, headers);
    return client instanceof Inet6Address ? ByteBuffer.wrap(client.getAddress()).getLong() : client;
  }

  /**
   * Returns the client that the proxies name, or {@code remote} if it is not one of them. If a
   * client sends one of the two fields and the proxy adds the other, they differ, and both are
   * ignored.
   */
  InetAddress addressOf(InetAddress remote, MultiMap headers) {
    if (!isTrusted(remote)) {
      return remote;
    }
    var chains =
        Stream.of(
                Forwarded.senders(headers.getAll("Forwarded")).toList(),
                headers.getAll("X-Forwarded-For").stream()
                    .flatMap(line -> Arrays.stream(line.split(",")))
                    .filter(part -> !part.isBlank())
                    .toList())
            .filter(chain -> !chain.isEmpty())
            .map(chain -> walk(remote, chain))
            .distinct()
            .toList();
    return chains.size() == 1 ? chains.get(0) : remote;
  }

  /** Walks backwards while a trusted proxy added the entry and the entry is an address. */
  private InetAddress walk(InetAddress remote, List<String> chain) {
    var client = remote;
    for (var i = chain.size() - 1; i >= 0 && isTrusted(client); i--) {
      var before = ClientAddress.of(chain.get(i));
      if (before.isEmpty()) {
        break;
      }
      client = before.get();
    }
    return client;
  }

  private boolean isTrusted(InetAddress address) {
    var socket = new InetSocketAddress(address, 0);
    return networks.stream().anyMatch(network -> network.matches(socket));
  }
}
