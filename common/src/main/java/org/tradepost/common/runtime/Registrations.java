package org.tradepost.common.runtime;

import com.hazelcast.multimap.MultiMap;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The cluster's list of who listens where on the event bus.
 *
 * <p>A consumer that is unregistered is gone at once, while other nodes go on sending to it until
 * they have heard. So a node that leaves first takes itself out of the list, and goes on serving
 * until nobody sends any more. Vert.x has no operation for that: the list is its own multimap, and
 * this class the only one that knows.
 */
final class Registrations {

  /** The others have heard when nothing has come from them for so long. */
  private static final long HEARD_MILLIS = 500;

  private static final long LONGEST_MILLIS = 5_000;
  private static final long LOOK_MILLIS = 50;

  private final Vertx vertx;
  private final HazelcastClusterManager manager;
  private final LongSupplier silentMillis;

  /**
   * @param silentMillis for how long no request has come to this node
   */
  Registrations(Vertx vertx, HazelcastClusterManager manager, LongSupplier silentMillis) {
    this.vertx = vertx;
    this.manager = manager;
    this.silentMillis = silentMillis;
  }

  /** Takes this node out; completes when the others have heard, if there are any. */
  Future<Void> withdraw() {
    if (manager.getNodes().size() < 2) {
      return Future.succeededFuture();
    }
    return remove(manager.getNodeId()::equals)
        .compose(removed -> vertx.timer(HEARD_MILLIS))
        .compose(waited -> silence(System.currentTimeMillis() + LONGEST_MILLIS));
  }

  private Future<Void> silence(long atLatest) {
    return silentMillis.getAsLong() >= HEARD_MILLIS || System.currentTimeMillis() > atLatest
        ? Future.succeededFuture()
        : vertx.timer(LOOK_MILLIS).compose(waited -> silence(atLatest));
  }

  /**
   * Removes what nodes left behind that died.
   *
   * @return how many there were
   */
  Future<Integer> removeLeftovers() {
    return remove(node -> !manager.getNodes().contains(node));
  }

  /** Whether anybody listens at an address. */
  Future<Boolean> areThere(String address) {
    Promise<List<RegistrationInfo>> found = Promise.promise();
    manager.getRegistrations(address, found);
    return found.future().map(all -> all != null && !all.isEmpty());
  }

  private Future<Integer> remove(Predicate<String> ofNode) {
    return vertx.executeBlocking(
        () -> {
          MultiMap<String, HazelcastRegistrationInfo> all =
              manager.getHazelcastInstance().getMultiMap("__vertx.subs");
          var removed = 0;
          for (var entry : all.entrySet()) {
            if (ofNode.test(entry.getValue().unwrap().nodeId())
                && all.remove(entry.getKey(), entry.getValue())) {
              removed++;
            }
          }
          return removed;
        },
        false);
  }
}
