package org.tradepost.platform.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.XmlConfigBuilder;
import com.hazelcast.instance.EndpointQualifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.tradepost.common.identity.ClusterProof;
import org.tradepost.platform.config.HostName;
import org.tradepost.platform.config.SteadyClock;

/** Fills {@code cluster.xml} from a node's settings. */
public final class HazelcastConfiguration {

  private static final int FIRST_PORT = 5701;

  private HazelcastConfiguration() {}

  public static Config of(NodeConfig node) {
    SteadyClock.use();
    var cluster = node.cluster();
    try (InputStream xml = HazelcastConfiguration.class.getResourceAsStream("/cluster.xml")) {
      var config = new XmlConfigBuilder(xml).setProperties(properties(cluster)).build();
      config.setInstanceName(node.name() + "-" + System.nanoTime());
      config.setClassLoader(HazelcastConfiguration.class.getClassLoader());
      config.setMemberAttributeConfig(new NodeProof(new ClusterProof(node.secret())));
      Members.describe(node, config.getMemberAttributeConfig());
      var network = config.getAdvancedNetworkConfig();
      cluster.members().forEach(network.getJoin().getTcpIpConfig()::addMember);
      if (!cluster.publicHost().equals(cluster.host())) {
        ((ServerSocketEndpointConfig) network.getEndpointConfigs().get(EndpointQualifier.MEMBER))
            .setPublicAddress(HostName.beforePort(cluster.publicHost()) + ":" + cluster.port());
      }
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties properties(ClusterConfig cluster) {
    var search = cluster.port() == 0;
    var port = Integer.toString(search ? FIRST_PORT : cluster.port());
    var byDns = !cluster.kubernetesDns().isEmpty();
    var properties = new Properties();
    properties.setProperty("tradepost.cluster.name", cluster.name());
    properties.setProperty("tradepost.cluster.host", cluster.host());
    // By default, Hazelcast ignores IPv6 addresses.
    properties.setProperty(
        "tradepost.cluster.ipv4.only", Boolean.toString(cluster.host().indexOf(':') < 0));
    properties.setProperty("tradepost.cluster.port", port);
    properties.setProperty("tradepost.cluster.port.search", Boolean.toString(search));
    properties.setProperty("tradepost.cluster.by.list", Boolean.toString(!byDns));
    properties.setProperty("tradepost.cluster.by.dns", Boolean.toString(byDns));
    properties.setProperty("tradepost.cluster.dns", cluster.kubernetesDns());
    properties.setProperty(
        "tradepost.cluster.heartbeat.timeout",
        Long.toString(cluster.heartbeatTimeout().toSeconds()));
    return properties;
  }
}
