package org.tradepost.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.MemberAttributeConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.cluster.HazelcastConfiguration;
import org.tradepost.platform.testing.ExposedMetrics;
import org.tradepost.platform.testing.TestCluster;
import org.tradepost.platform.testing.TestNode;

/** A member of the Hazelcast cluster that is not a Vert.x node. */
class PlainMemberTest {

  private final TestCluster cluster = new TestCluster();
  private final CountDownLatch continues = new CountDownLatch(1);
  private ClusterNode node;
  private HazelcastInstance plain;

  @BeforeEach
  void start() {
    node = cluster.start("node");
    var config = HazelcastConfiguration.of(cluster.config("plain", Map.of()));
    config.setMemberAttributeConfig(new MemberAttributeConfig());
    plain = Hazelcast.newHazelcastInstance(config);
    await().until(() -> TestNode.hazelcast(node).getCluster().getMembers().size() == 2);
  }

  @AfterEach
  void stop() {
    continues.countDown();
    plain.getLifecycleService().terminate();
    cluster.stop();
  }

  @Test
  void does_not_prevent_that_a_node_is_found_that_does_not_respond() {
    var other = cluster.start("other");
    TestNode.stall(other, continues);
    await().until(() -> metric("tradepost_cluster_members_unresponsive") == 1);
    continues.countDown();
    await().until(() -> metric("tradepost_cluster_members_unresponsive") == 0);
  }

  @Test
  void is_not_among_the_nodes() {
    assertThat(metric("tradepost_cluster_members")).isEqualTo(1);
    assertThat(TestNode.await(node.topology(TestNode.TIMEOUT_MILLIS)).at("/nodes").size())
        .isEqualTo(1);
  }

  private double metric(String name) {
    return ExposedMetrics.of(node).value(name);
  }
}
