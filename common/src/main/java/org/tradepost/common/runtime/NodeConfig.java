package org.tradepost.common.runtime;

import java.util.List;

/**
 * How a node takes part in the cluster.
 *
 * @param name what it is called in logs
 * @param host the address its member port and its event bus listen on and are reached at
 * @param clusterName nodes of another name stay apart
 * @param clusterPort the member port; 0 takes the first free one from 5701 on
 * @param members where to look for the others, as {@code host:port}; none for a cluster of one
 * @param secret what services prove to each other that they belong together, at least 32 characters
 * @param eventBusPort the port of the event bus; 0 takes any free one
 * @param managementHost the address that health is served at
 * @param managementPort its port; 0 takes any free one
 */
public record NodeConfig(
    String name,
    String host,
    String clusterName,
    int clusterPort,
    List<String> members,
    String secret,
    int eventBusPort,
    String managementHost,
    int managementPort) {

  private static final int SHORTEST_SECRET = 32;

  /**
   * Reads the settings of a node.
   *
   * @throws Settings.WrongSetting naming the first that is missing or wrong
   */
  public static NodeConfig from(Settings settings) {
    var secret = settings.required("TRADEPOST_CLUSTER_SECRET");
    if (secret.length() < SHORTEST_SECRET) {
      throw new Settings.WrongSetting(
          "TRADEPOST_CLUSTER_SECRET",
          "must have at least %d characters".formatted(SHORTEST_SECRET));
    }
    return new NodeConfig(
        settings.text("TRADEPOST_NODE_NAME", "node"),
        settings.text("TRADEPOST_HOST", "127.0.0.1"),
        settings.text("TRADEPOST_CLUSTER_NAME", "tradepost"),
        settings.port("TRADEPOST_CLUSTER_PORT", 5701),
        settings.list("TRADEPOST_CLUSTER_MEMBERS"),
        secret,
        settings.port("TRADEPOST_EVENTBUS_PORT", 0),
        settings.text("TRADEPOST_MANAGEMENT_HOST", "127.0.0.1"),
        settings.port("TRADEPOST_MANAGEMENT_PORT", 0));
  }
}
