package org.tradepost.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.replicatedmap.impl.ReplicatedMapService;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestCluster;
import org.tradepost.platform.testing.TestNode;

/** The copies of the directory that nodes have. */
class DirectoryCopyTest {
  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void stop() {
    cluster.stop();
  }

  /** Hazelcast would notice it too, but compares the copies only every 30 s. */
  @Test
  void what_a_copy_lacks_is_written_again_after_a_node_has_joined() {
    var node = cluster.start("node");
    var other = cluster.start("other");
    var membership = (Membership) ((VertxInternal) node.vertx()).clusterManager();
    var members = new CopyOnWriteArrayList<>(List.of(membership.getNodeId()));
    var directory = new Directory(node.vertx(), membership, () -> members, node.registrations());
    await(directory.start());
    try {
      var registration =
          await(directory.publish("weather", "1.0.0", "hash", List.of(), Optional.empty()));
      Awaitility.await().until(() -> other.directory().count("weather") == 1);
      loseFromCopy(other, registration);
      assertThat(other.directory().count("weather")).isZero();
      members.add("joined");
      Awaitility.await().until(() -> other.directory().count("weather") == 1);
    } finally {
      directory.stop();
    }
  }

  /** As when the record was written while the node made its copy. */
  private static void loseFromCopy(ClusterNode node, String registration) {
    var hazelcast = (HazelcastInstanceProxy) TestNode.hazelcast(node);
    var engine = hazelcast.getOriginal().node.getNodeEngine();
    ReplicatedMapService service = engine.getService(ReplicatedMapService.SERVICE_NAME);
    service
        .getReplicatedRecordStore(DirectoryBackend.MAP, false, (Object) registration)
        .evict(registration);
  }
}
