package org.tradepost.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.common.testing.TestNode.await;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.testing.TestNode;

class DirectoryTest {

  private static ClusterNode node;
  private static Directory directory;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    directory = node.directory();
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  /** As the oldest member does when a node is out of reach for a while. */
  @Test
  void a_service_whose_record_others_removed_is_announced_again() {
    var registration = await(directory.publish("weather", "1.0.0", "hash", List.of()));
    var others = ServiceDiscovery.create(node.vertx());
    await(others.unpublish(registration));
    Awaitility.await().until(() -> await(directory.instances()).size() == 1);
    await(directory.withdraw(registration));
    assertThat(await(directory.instances())).isEmpty();
  }

  /** As happens where two halves of a cluster grow together. */
  @Test
  void a_consumer_that_the_cluster_forgot_is_reached_again() {
    node.bus().consume("weather.tell", message -> message.reply(message.body()));
    Awaitility.await().until(() -> asked("weather.tell"));
    HazelcastClusterManager manager =
        (HazelcastClusterManager) ((VertxInternal) node.vertx()).clusterManager();
    var list = manager.getHazelcastInstance().getMultiMap("__vertx.subs");
    assertThat(list.remove("weather.tell")).hasSize(1);
    Awaitility.await().until(() -> list.valueCount("weather.tell") == 1);
    Awaitility.await().until(() -> asked("weather.tell"));
  }

  private static boolean asked(String address) {
    return await(
        node.bus()
            .send(address, Buffer.buffer("?"), MultiMap.caseInsensitiveMultiMap(), 500)
            .map(true)
            .otherwise(false));
  }
}
