package org.tradepost.common.runtime;

import com.hazelcast.multimap.MultiMap;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastNodeInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.tradepost.common.bus.Deadline;

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
  private final Membership manager;
  private final LongSupplier silentMillis;
  private volatile boolean withdrawn;

  /**
   * @param silentMillis for how long no request has come to this node
   */
  Registrations(Vertx vertx, Membership manager, LongSupplier silentMillis) {
    this.vertx = vertx;
    this.manager = manager;
    this.silentMillis = silentMillis;
  }

  /** Takes this node out; completes when the others have heard, if there are any. */
  Future<Void> withdraw() {
    withdrawn = true;
    if (manager.getNodes().size() < 2) {
      return Future.succeededFuture();
    }
    return remove(manager.getNodeId()::equals)
        .compose(removed -> vertx.timer(HEARD_MILLIS))
        .compose(waited -> silence(Deadline.in(LONGEST_MILLIS)));
  }

  private Future<Void> silence(Deadline atLatest) {
    return silentMillis.getAsLong() >= HEARD_MILLIS || atLatest.isPast()
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

  /**
   * Puts back what is missing of this node: others remove what it has here while they take it for
   * dead, and two halves of a cluster that grow together lose some of it now and then.
   *
   * @return how many there were
   */
  Future<Integer> restore() {
    return vertx.executeBlocking(
        () -> {
          manager
              .getHazelcastInstance()
              .getMap("__vertx.nodeInfo")
              .putIfAbsent(manager.getNodeId(), new HazelcastNodeInfo(manager.getNodeInfo()));
          var restored = 0;
          for (var entry : manager.own().entrySet()) {
            for (var registration : entry.getValue()) {
              if (isMissing(entry.getKey(), registration)) {
                put(entry.getKey(), registration);
                restored++;
              }
            }
          }
          return restored;
        },
        false);
  }

  private boolean isMissing(String address, RegistrationInfo registration) {
    return !withdrawn && !all().containsEntry(address, new HazelcastRegistrationInfo(registration));
  }

  private void put(String address, RegistrationInfo registration) {
    all().put(address, new HazelcastRegistrationInfo(registration));
    if (withdrawn || !manager.own().get(address).contains(registration)) {
      all().remove(address, new HazelcastRegistrationInfo(registration));
    }
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
          var all = all();
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

  private MultiMap<String, HazelcastRegistrationInfo> all() {
    return manager.getHazelcastInstance().getMultiMap("__vertx.subs");
  }
}
