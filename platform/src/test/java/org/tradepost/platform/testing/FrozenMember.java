package org.tradepost.platform.testing;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.tradepost.platform.node.ClusterNode;

/**
 * A node of this JVM whose part of the cluster's data does not respond, like that of a frozen node:
 * all its Hazelcast threads for that part are blocked. One at a time.
 */
public final class FrozenMember {

  /** The number of Hazelcast's partition threads. */
  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static volatile CountDownLatch thawed;
  private static volatile CountDownLatch frozen;

  private FrozenMember() {}

  /** Freezes a node until it is thawed. The node must have joined. */
  public static FrozenMember freeze(ClusterNode node) {
    thawed = new CountDownLatch(1);
    frozen = new CountDownLatch(THREADS);
    var parts = TestNode.hazelcast(node);
    var map = parts.<String, String>getMap("frozen");
    var local = parts.getCluster().getLocalMember();
    Awaitility.await().until(() -> parts.getPartitionService().isClusterSafe());
    IntStream.range(0, 200)
        .mapToObj(Integer::toString)
        .filter(key -> parts.getPartitionService().getPartition(key).getOwner().equals(local))
        .forEach(key -> map.submitToKey(key, new Freeze()));
    Awaitility.await().until(() -> frozen.getCount() == 0);
    return new FrozenMember();
  }

  /** Lets the node resume. */
  public void thaw() {
    thawed.countDown();
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
}
