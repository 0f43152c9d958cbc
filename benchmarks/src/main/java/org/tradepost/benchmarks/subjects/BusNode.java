package org.tradepost.benchmarks.subjects;

import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.tradepost.benchmarks.machine.Await;
import org.tradepost.benchmarks.machine.LoopbackAddress;

/**
 * A member of a separate cluster with an event bus, configured like the services.
 *
 * @param cluster the name of the cluster, so that no other node joins
 * @param port where it listens for other members
 */
record BusNode(String cluster, int port) {
  /**
   * Joins the cluster.
   *
   * @param configuration the services' {@code cluster.xml}
   * @param members the ports of the existing members
   */
  Vertx join(Path configuration, List<Integer> members) {
    var config = config(configuration);
    members.forEach(
        member ->
            config
                .getAdvancedNetworkConfig()
                .getJoin()
                .getTcpIpConfig()
                .addMember(LoopbackAddress.withPort(member)));
    var options =
        new VertxOptions()
            .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
            .setEventBusOptions(
                new EventBusOptions()
                    .setHost(LoopbackAddress.ADDRESS)
                    .setClusterPublicHost(LoopbackAddress.ADDRESS));
    return Await.on(
        Vertx.builder()
            .with(options)
            .withClusterManager(new HazelcastClusterManager(config))
            .buildClustered());
  }

  private Config config(Path configuration) {
    var properties = new Properties();
    properties.setProperty("tradepost.cluster.name", cluster);
    properties.setProperty("tradepost.cluster.host", LoopbackAddress.ADDRESS);
    properties.setProperty(
        "tradepost.cluster.ipv4.only", Boolean.toString(LoopbackAddress.ADDRESS.indexOf(':') < 0));
    properties.setProperty("tradepost.cluster.port", "" + port);
    properties.setProperty("tradepost.cluster.port.search", "false");
    properties.setProperty("tradepost.cluster.by.list", "true");
    properties.setProperty("tradepost.cluster.by.dns", "false");
    properties.setProperty("tradepost.cluster.dns", "");
    properties.setProperty("tradepost.cluster.heartbeat.timeout", "15");
    try (var xml = Files.newInputStream(configuration)) {
      return new XmlConfigBuilder(xml).setProperties(properties).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
