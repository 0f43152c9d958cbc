package org.tradepost.gateway;

import io.vertx.ext.web.handler.CorsHandler;
import java.util.ArrayList;
import java.util.List;
import org.tradepost.gateway.admission.Limits;
import org.tradepost.gateway.admission.TrustedProxies;
import org.tradepost.gateway.console.ConsoleConfig;
import org.tradepost.gateway.routing.ReservedPrefixes;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.ListeningPort;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;

/**
 * The settings of the gateway.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free port
 * @param corsOrigins the origins whose pages may use the API from a browser, or a single {@code *}
 * @param limits limits on size, number and time
 * @param prefixes which services may own which paths
 * @param loggedRequests how many requests are logged per second
 * @param proxies the proxies that are trusted to name the client of a request
 * @param console where the console is served
 */
public record GatewayConfig(
    String host,
    int port,
    List<String> corsOrigins,
    Limits limits,
    ReservedPrefixes prefixes,
    int loggedRequests,
    TrustedProxies proxies,
    ConsoleConfig console) {

  private static final String PORT = "TRADEPOST_HTTP_PORT";
  private static final String ORIGINS = "TRADEPOST_CORS_ORIGINS";

  public GatewayConfig {
    corsOrigins = List.copyOf(corsOrigins);
  }

  /**
   * Reads the settings of the gateway.
   *
   * @throws Settings.WrongSetting naming the first invalid setting
   */
  public static GatewayConfig from(Settings settings) {
    var host = settings.host("TRADEPOST_HTTP_HOST", Loopback.ADDRESS);
    var port = settings.port(PORT, 8080);
    var console = ConsoleConfig.from(settings);
    requireDistinctPorts(settings, host, port, console);
    return new GatewayConfig(
        host,
        port,
        origins(settings),
        Limits.from(settings),
        ReservedPrefixes.from(settings),
        settings.integer("TRADEPOST_ACCESS_LOG_PER_SECOND", 100, 0, 1_000_000),
        TrustedProxies.from(settings),
        console);
  }

  GatewayConfig withPort(int other) {
    return new GatewayConfig(
        host, other, corsOrigins, limits, prefixes, loggedRequests, proxies, console);
  }

  private static void requireDistinctPorts(
      Settings settings, String host, int port, ConsoleConfig console) {
    var ports = new ArrayList<>(NodeConfig.ports(settings));
    ports.add(new ListeningPort(PORT, host, port));
    ports.add(new ListeningPort(ConsoleConfig.SETTING, host, console.port().orElse(0)));
    ListeningPort.requireDistinct(ports);
  }

  private static List<String> origins(Settings settings) {
    var origins = settings.list(ORIGINS);
    for (var origin : origins) {
      try {
        CorsHandler.create().addOrigin(origin);
      } catch (RuntimeException malformed) {
        throw new Settings.WrongSetting(ORIGINS, "has an invalid origin: " + origin);
      }
    }
    if (origins.contains("*") && origins.size() > 1) {
      throw new Settings.WrongSetting(ORIGINS, "must hold * alone or origins only");
    }
    return origins;
  }
}
