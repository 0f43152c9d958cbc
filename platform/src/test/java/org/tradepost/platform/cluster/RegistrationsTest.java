package org.tradepost.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestCluster;

/** A node whose part of the shared list does not respond, as that of one that is frozen. */
class RegistrationsTest {

  /** The list is in parts on all nodes: some of the addresses are in each. */
  private static final List<String> ADDRESSES =
      IntStream.range(0, 40).mapToObj(i -> "weather.tell." + i).toList();

  private static final CountDownLatch thawed = new CountDownLatch(1);
  private static final CountDownLatch frozen = new CountDownLatch(2);
  private static final TestCluster cluster = new TestCluster();
  private static ClusterNode listener;

  @BeforeAll
  static void start() {
    listener = cluster.start("listener");
    await(
        Future.all(
            ADDRESSES.stream()
                .map(address -> listener.bus().consume(address, it -> it.reply(it.body())))
                .map(consumer -> consumer.completion())
                .toList()));
  }

  @AfterAll
  static void stop() {
    thawed.countDown();
    cluster.stop();
  }

  @Test
  void does_not_delay_the_first_calls_of_a_node_that_has_just_started() throws Exception {
    var caller = cluster.start("caller");
    freeze();
    assertThat(ADDRESSES).allSatisfy(address -> assertThat(responds(caller, address)).isTrue());
  }

  /** Occupies each thread of Hazelcast that the listening node has for its part of the data. */
  private static void freeze() throws InterruptedException {
    var parts = hazelcast(listener);
    var map = parts.<String, String>getMap("frozen");
    var local = parts.getCluster().getLocalMember();
    Awaitility.await().until(() -> parts.getPartitionService().isClusterSafe());
    IntStream.range(0, 200)
        .mapToObj(Integer::toString)
        .filter(key -> parts.getPartitionService().getPartition(key).getOwner().equals(local))
        .forEach(key -> map.submitToKey(key, new Freeze()));
    frozen.await();
  }

  private static final class Freeze implements EntryProcessor<String, String, Void> {
    private static final long serialVersionUID = 1;

    @Override
    public Void process(Map.Entry<String, String> entry) {
      frozen.countDown();
      try {
        thawed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return null;
    }
  }

  private static HazelcastInstance hazelcast(ClusterNode node) {
    var manager = (HazelcastClusterManager) ((VertxInternal) node.vertx()).clusterManager();
    return manager.getHazelcastInstance();
  }

  private static boolean responds(ClusterNode caller, String address) {
    return await(
        caller
            .bus()
            .send(address, Buffer.buffer("?"), MultiMap.caseInsensitiveMultiMap(), 2_000)
            .map(true)
            .otherwise(false));
  }
}
