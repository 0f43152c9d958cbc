package org.tradepost.platform.cluster;

import static org.awaitility.Awaitility.await;

import com.hazelcast.core.LifecycleEvent;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.FreePorts;
import org.tradepost.platform.testing.TestNode;

/** Two clusters become one, as the parts of a cluster do that was split. */
class MergeTest {
  /** Hazelcast calls listeners in any order, so almost always one of these before Vert.x's. */
  private static final int LISTENERS = 8;

  private final Map<String, String> settings = TestNode.settings();
  private final List<Integer> ports = FreePorts.find(5);

  /** Only the nodes of the smaller cluster look for the other. */
  @Test
  void a_node_merges_although_it_is_handling_that_others_have_left_to_merge() {
    var smaller = start(Stream.of(0, 1), Stream.of(0, 1, 2));
    var hazelcast = TestNode.hazelcast(smaller.get(0)).getLifecycleService();
    for (var i = 0; i < LISTENERS; i++) {
      hazelcast.addLifecycleListener(MergeTest::delayMerge);
    }
    var larger = start(Stream.of(2, 3, 4), Stream.of(2, 3, 4));
    var nodes = Stream.of(smaller, larger).flatMap(List::stream).toList();
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> nodes.stream().allMatch(node -> members(node) == ports.size()));
    } finally {
      TestNode.await(Future.join(nodes.stream().map(ClusterNode::stop).toList()));
    }
  }

  private List<ClusterNode> start(Stream<Integer> nodes, Stream<Integer> known) {
    var members = known.map(ports::get).map(Loopback::hostAndPort).collect(Collectors.joining(","));
    return nodes.map(node -> start(ports.get(node), members)).toList();
  }

  private ClusterNode start(int port, String members) {
    var own = new HashMap<>(settings);
    own.put("TRADEPOST_CLUSTER_PORT", Integer.toString(port));
    own.put("TRADEPOST_CLUSTER_MEMBERS", members);
    return TestNode.await(ClusterNode.start(NodeConfig.from(Settings.of(own))));
  }

  private static int members(ClusterNode node) {
    return TestNode.hazelcast(node).getCluster().getMembers().size();
  }

  /** Until the node hears that another has left, if it does at all before it merges. */
  private static void delayMerge(LifecycleEvent event) {
    if (event.getState() == LifecycleEvent.LifecycleState.MERGING) {
      try {
        await().atMost(Duration.ofSeconds(3)).until(MergeTest::isHandlingRemoval);
      } catch (ConditionTimeoutException never) {
        return;
      }
    }
  }

  private static boolean isHandlingRemoval() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Stream::of)
        .anyMatch(
            frame ->
                frame.getClassName().equals(Membership.class.getName())
                    && frame.getMethodName().equals("memberRemoved"));
  }
}
