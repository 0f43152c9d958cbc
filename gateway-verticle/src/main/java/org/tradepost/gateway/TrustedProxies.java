package org.tradepost.gateway;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.tradepost.common.runtime.Settings;

/**
 * The proxies whose word for whom they ask is believed. Anybody can write {@code X-Forwarded-For},
 * so of the chain only what a listed proxy added counts.
 */
final class TrustedProxies {

  private static final String SETTING = "TRADEPOST_TRUSTED_PROXIES";

  private final List<IpSubnetFilterRule> networks;

  private TrustedProxies(List<IpSubnetFilterRule> networks) {
    this.networks = networks;
  }

  /**
   * Reads addresses and networks such as {@code 10.0.0.0/8}.
   *
   * @throws Settings.WrongSetting when one is neither
   */
  static TrustedProxies from(Settings settings) {
    return new TrustedProxies(
        settings.list(SETTING).stream().map(TrustedProxies::network).toList());
  }

  private static IpSubnetFilterRule network(String text) {
    var slash = text.indexOf('/');
    var address = address(slash < 0 ? text : text.substring(0, slash));
    if (address != null) {
      try {
        var bits =
            slash < 0
                ? 8 * address.getAddress().length
                : Integer.parseInt(text.substring(slash + 1));
        return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
      } catch (IllegalArgumentException malformed) {
        throw wrong(text);
      }
    }
    throw wrong(text);
  }

  private static Settings.WrongSetting wrong(String text) {
    return new Settings.WrongSetting(SETTING, "holds what is no address or network: " + text);
  }

  /**
   * What stands for the client that a request comes from: its address, of one of IPv6 the network
   * alone, since who has one address there has 2^64.
   */
  Object clientOf(HttpServerRequest request) {
    var remote = request.remoteAddress();
    var client = remote == null ? null : address(remote.hostAddress());
    if (!networks.isEmpty()) {
      var chain = String.join(",", request.headers().getAll("X-Forwarded-For")).split(",", -1);
      for (var i = chain.length - 1; i >= 0 && isTrusted(client); i--) {
        var before = address(chain[i].strip());
        if (before == null) {
          break;
        }
        client = before;
      }
    }
    if (client instanceof Inet6Address) {
      return ByteBuffer.wrap(client.getAddress()).getLong();
    }
    // A connection that broke off meanwhile has no address any more.
    return client == null ? "" : client;
  }

  private boolean isTrusted(InetAddress address) {
    var socket = new InetSocketAddress(address, 0);
    return networks.stream().anyMatch(network -> network.matches(socket));
  }

  /** Null when it is none; names are not looked up. */
  private static InetAddress address(String text) {
    return NetUtil.createInetAddressFromIpAddressString(text);
  }
}
