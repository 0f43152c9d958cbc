package org.tradepost.common.runtime;

import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** {@code cluster.xml}, filled from a node's settings. */
final class HazelcastConfiguration {

  private static final int FIRST_PORT = 5701;

  private HazelcastConfiguration() {}

  static Config of(NodeConfig node) {
    var search = node.clusterPort() == 0;
    var properties = new Properties();
    properties.setProperty("tradepost.cluster.name", node.clusterName());
    properties.setProperty("tradepost.cluster.host", node.host());
    properties.setProperty(
        "tradepost.cluster.port", Integer.toString(search ? FIRST_PORT : node.clusterPort()));
    properties.setProperty("tradepost.cluster.port.search", Boolean.toString(search));
    try (InputStream xml = HazelcastConfiguration.class.getResourceAsStream("/cluster.xml")) {
      var config = new XmlConfigBuilder(xml).setProperties(properties).build();
      config.setInstanceName(node.name() + "-" + System.nanoTime());
      config.setClassLoader(HazelcastConfiguration.class.getClassLoader());
      node.members()
          .forEach(config.getAdvancedNetworkConfig().getJoin().getTcpIpConfig()::addMember);
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
