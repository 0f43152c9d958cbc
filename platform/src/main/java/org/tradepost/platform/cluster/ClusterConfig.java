package org.tradepost.platform.cluster;

import java.time.Duration;
import java.util.List;
import org.tradepost.platform.config.Settings;

/**
 * How a node finds the cluster and is found.
 *
 * @param name the cluster's name; nodes with another name stay apart
 * @param host the address that its member port listens on
 * @param publicHost the address at which other nodes reach it
 * @param port the member port, for both; 0 takes the first free one from 5701 on
 * @param members where to look for other nodes, as {@code host:port}; none for a cluster of one
 * @param kubernetesDns the headless service whose addresses are those of the members, or empty
 * @param heartbeatTimeout how long a node may miss heartbeats before the others consider it dead
 */
public record ClusterConfig(
    String name,
    String host,
    String publicHost,
    int port,
    List<String> members,
    String kubernetesDns,
    Duration heartbeatTimeout) {

  private static final String PORT = "TRADEPOST_CLUSTER_PORT";
  private static final String MEMBERS = "TRADEPOST_CLUSTER_MEMBERS";
  private static final String KUBERNETES_DNS = "TRADEPOST_CLUSTER_KUBERNETES_DNS";

  public ClusterConfig {
    members = List.copyOf(members);
    if (!members.isEmpty() && !kubernetesDns.isEmpty()) {
      throw new Settings.WrongSetting(
          KUBERNETES_DNS, "and " + MEMBERS + " exclude each other: set one of them");
    }
    if (port == 0 && !kubernetesDns.isEmpty()) {
      throw new Settings.WrongSetting(
          PORT, "must not be 0 with " + KUBERNETES_DNS + ", which gives only addresses");
    }
    if (port == 0 && !publicHost.equals(host)) {
      throw new Settings.WrongSetting(PORT, "must not be 0 with TRADEPOST_PUBLIC_HOST");
    }
  }

  static ClusterConfig from(Settings settings, String host, String publicHost) {
    return new ClusterConfig(
        settings.text("TRADEPOST_CLUSTER_NAME", "tradepost"),
        host,
        publicHost,
        settings.port(PORT, 5701),
        settings.list(MEMBERS),
        settings.text(KUBERNETES_DNS, ""),
        settings.seconds("TRADEPOST_CLUSTER_HEARTBEAT_TIMEOUT_SECONDS", 15, 5, 300));
  }
}
