package org.tradepost.platform.cluster;

import java.util.List;
import java.util.Locale;
import org.tradepost.platform.config.ListeningPort;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;

/**
 * How a node takes part in the cluster.
 *
 * @param name its name in logs
 * @param services the services that run on it
 * @param cluster how it finds other nodes
 * @param eventBus how it talks to them
 * @param secret the cluster secret, at least 32 characters
 * @param managementHost the address that its management port listens on
 * @param managementPort the management port; 0 takes any free one
 */
public record NodeConfig(
    String name,
    List<String> services,
    ClusterConfig cluster,
    EventBusConfig eventBus,
    String secret,
    String managementHost,
    int managementPort) {

  private static final String HOST = "TRADEPOST_HOST";
  private static final String MANAGEMENT_HOST = "TRADEPOST_MANAGEMENT_HOST";
  private static final String MANAGEMENT_PORT = "TRADEPOST_MANAGEMENT_PORT";
  private static final int MIN_SECRET_LENGTH = 32;

  /**
   * Reads the settings of a node.
   *
   * @param services the services that will run on it
   * @throws Settings.WrongSetting naming the first that is missing or wrong
   */
  public static NodeConfig from(Settings settings, String... services) {
    var secret = settings.required("TRADEPOST_CLUSTER_SECRET");
    if (secret.length() < MIN_SECRET_LENGTH) {
      throw new Settings.WrongSetting(
          "TRADEPOST_CLUSTER_SECRET",
          String.format(Locale.ROOT, "must have at least %d characters", MIN_SECRET_LENGTH));
    }
    var host = settings.host(HOST, Loopback.ADDRESS);
    var publicHost = settings.host("TRADEPOST_PUBLIC_HOST", host);
    ListeningPort.requireDistinct(ports(settings));
    return new NodeConfig(
        settings.text("TRADEPOST_NODE_NAME", "node"),
        List.of(services),
        ClusterConfig.from(settings, host, publicHost),
        EventBusConfig.from(settings, host, publicHost),
        secret,
        settings.host(MANAGEMENT_HOST, Loopback.ADDRESS),
        settings.port(MANAGEMENT_PORT, 0));
  }

  /** The ports that Vert.x listens on at every node, whatever runs there. */
  public static List<ListeningPort> ports(Settings settings) {
    return List.of(
        new ListeningPort(
            EventBusConfig.PORT,
            settings.host(HOST, Loopback.ADDRESS),
            settings.port(EventBusConfig.PORT, 0)),
        new ListeningPort(
            MANAGEMENT_PORT,
            settings.host(MANAGEMENT_HOST, Loopback.ADDRESS),
            settings.port(MANAGEMENT_PORT, 0)));
  }
}
