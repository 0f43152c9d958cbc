package org.tradepost.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.internal.VertxInternal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.FrozenMember;
import org.tradepost.platform.testing.TestCluster;
import org.tradepost.platform.testing.TestNode;

/** Records of a node that is gone are held by a frozen node. */
class DirectorySweepTest {

  private static final int RECORDS = 3;

  private final TestCluster cluster = new TestCluster();
  private ClusterNode node;
  private ClusterNode other;

  @BeforeEach
  void start() {
    node = cluster.start("node");
    other = cluster.start("other");
    Awaitility.await().until(() -> TestNode.hazelcast(other).getPartitionService().isClusterSafe());
  }

  @AfterEach
  void stop() {
    cluster.stop();
  }

  @Test
  void one_write_of_each_waits_for_it() {
    var records = 0;
    while (records < RECORDS) {
      var registration =
          await(other.directory().publish("weather", "1.0.0", "hash", List.of(), Optional.empty()));
      if (isWithOther(registration)) {
        records++;
      } else {
        await(other.directory().withdraw(registration));
      }
    }
    Awaitility.await().until(() -> node.directory().instances().size() == RECORDS);
    var sweeps = new AtomicInteger();
    var isGone = new AtomicBoolean();
    var membership = (Membership) ((VertxInternal) node.vertx()).clusterManager();
    var all = List.of(membership.getNodeId(), other.directory().instances().get(0).node());
    var swept =
        new Directory(
            node.vertx(),
            membership,
            () -> {
              sweeps.incrementAndGet();
              return isGone.get() ? all.subList(0, 1) : all;
            },
            node.registrations());
    await(swept.start());
    var frozen = FrozenMember.freeze(other);
    try {
      isGone.set(true);
      Awaitility.await().until(() -> removals() == RECORDS);
      // Each sweep reads the members once, and once more for each record.
      var before = sweeps.get();
      Awaitility.await().until(() -> sweeps.get() > before + 2 * (RECORDS + 1));
      assertThat(removals()).isEqualTo(RECORDS);
    } finally {
      frozen.thaw();
      swept.stop();
    }
  }

  private boolean isWithOther(String registration) {
    var hazelcast = TestNode.hazelcast(other);
    return hazelcast
        .getPartitionService()
        .getPartition(registration)
        .getOwner()
        .equals(hazelcast.getCluster().getLocalMember());
  }

  /** How many threads wait for the removal of a record. */
  private static long removals() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            stack ->
                Arrays.stream(stack)
                    .anyMatch(
                        frame ->
                            frame.getClassName().equals(SignedMap.class.getName())
                                && frame.getMethodName().contains("remove")))
        .count();
  }
}
