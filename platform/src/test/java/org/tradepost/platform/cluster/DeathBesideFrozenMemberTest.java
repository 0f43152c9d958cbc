package org.tradepost.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.FrozenMember;
import org.tradepost.platform.testing.TestCluster;
import org.tradepost.platform.testing.TestNode;

/** A member dies while another one, which holds a part of the entries to remove, is frozen. */
class DeathBesideFrozenMemberTest {

  private final TestCluster cluster = new TestCluster();
  private ClusterNode node;
  private ClusterNode other;
  private ClusterNode dying;

  @BeforeEach
  void start() {
    node = cluster.start("node");
    other = cluster.start("other");
    dying = cluster.start("dying");
  }

  @AfterEach
  void stop() {
    cluster.stop();
  }

  @Test
  void stops_no_event_loop_that_asks_for_the_place_of_its_node() throws Exception {
    var frozen = FrozenMember.freeze(other);
    try {
      TestNode.hazelcast(dying).getLifecycleService().terminate();
      cluster.forget(dying);
      Awaitility.await().until(DeathBesideFrozenMemberTest::isRemoving);
      var members = new Members((Membership) ((VertxInternal) node.vertx()).clusterManager());
      var asker = Vertx.vertx();
      var address = asker.executeBlocking(members::ownAddress).await(30, TimeUnit.SECONDS);
      assertThat(address).startsWith(Loopback.ADDRESS);
      TestNode.await(asker.close());
    } finally {
      frozen.thaw();
    }
    TestNode.await(dying.vertx().close().otherwiseEmpty());
  }

  private static boolean isRemoving() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(
            frame ->
                frame.getClassName().equals(HazelcastClusterManager.class.getName())
                    && frame.getMethodName().equals("membersRemoved"));
  }
}
