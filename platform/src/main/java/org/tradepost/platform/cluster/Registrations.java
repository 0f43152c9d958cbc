package org.tradepost.platform.cluster;

import com.hazelcast.map.IMap;
import com.hazelcast.multimap.MultiMap;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastNodeInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.tradepost.common.bus.Deadline;

/**
 * The cluster's list of the event bus addresses at which each node listens.
 *
 * <p>A consumer that is unregistered is gone at once, while other nodes go on sending to it until
 * they have heard. So a node that leaves first takes itself out of the list, and serves on until no
 * requests arrive any more. Vert.x has no operation for that: the list is its own multimap, and
 * this class the only one that knows.
 */
public final class Registrations {

  /** When no request has come for so long, the other nodes know of the change. */
  private static final long QUIET_MILLIS = 500;

  private static final long LONGEST_MILLIS = 5_000;
  private static final long POLL_MILLIS = 50;

  /** The list may be with a node that is frozen. */
  private static final long LONGEST_CHANGE_MILLIS = 2_000;

  /** By then the others have found that this node does not answer their pings. */
  private static final long NOTICE_MILLIS = 2_500;

  private static final String NODES = "__vertx.nodeInfo";

  private final Vertx vertx;
  private final Membership manager;
  private final String pingAddress;
  private final LongSupplier millisSinceLastMessage;
  private final Set<String> suspended = ConcurrentHashMap.newKeySet();
  private final AtomicInteger wantedRestores = new AtomicInteger();
  private final AtomicBoolean removing = new AtomicBoolean();
  private volatile boolean withdrawn;
  private volatile boolean isPinged = true;
  private volatile boolean stuck;

  /**
   * @param pingAddress where others find whether this node responds; it stays in the list until all
   *     others are out
   * @param millisSinceLastMessage for how long no request has come to this node
   */
  public Registrations(
      Vertx vertx, Membership manager, String pingAddress, LongSupplier millisSinceLastMessage) {
    this.vertx = vertx;
    this.manager = manager;
    this.pingAddress = pingAddress;
    this.millisSinceLastMessage = millisSinceLastMessage;
  }

  /**
   * Takes this node out; completes when the other nodes know it, if there are any. While the list
   * cannot be changed, since a part of it is with a node that is frozen, they learn it otherwise:
   * see {@link #isStuck}.
   */
  public Future<Void> withdraw() {
    withdrawn = true;
    if (manager.getNodes().size() < 2) {
      return Future.succeededFuture();
    }
    return forOwn(exceptPingAddress(), manager::takeOutOfList)
        .compose(
            out -> {
              isPinged = false;
              return forOwn(Set.of(pingAddress), manager::takeOutOfList);
            })
        .timeout(LONGEST_CHANGE_MILLIS, TimeUnit.MILLISECONDS)
        .onFailure(late -> stuck = true)
        .transform(done -> vertx.timer(stuck ? NOTICE_MILLIS : QUIET_MILLIS))
        .compose(waited -> waitUntilQuiet(Deadline.in(LONGEST_MILLIS)));
  }

  private Set<String> exceptPingAddress() {
    var addresses = new HashSet<>(manager.own().keySet());
    addresses.remove(pingAddress);
    return addresses;
  }

  /**
   * Whether this node leaves and could not take itself out of the list. It must not answer pings
   * then, so that the others send it nothing.
   */
  public boolean isStuck() {
    return stuck;
  }

  private Future<Void> waitUntilQuiet(Deadline atLatest) {
    return millisSinceLastMessage.getAsLong() >= QUIET_MILLIS || atLatest.isPast()
        ? Future.succeededFuture()
        : vertx.timer(POLL_MILLIS).compose(waited -> waitUntilQuiet(atLatest));
  }

  /**
   * Takes addresses of this node out of the list, while its consumers go on serving whatever still
   * comes. Safe to be called again.
   */
  public Future<Void> suspend(Set<String> addresses) {
    suspended.addAll(addresses);
    return forOwn(addresses, manager::takeOutOfList);
  }

  /** Puts addresses of this node into the list again. */
  public Future<Void> resume(Set<String> addresses) {
    suspended.removeAll(addresses);
    return forOwn(addresses, manager::putIntoList);
  }

  private Future<Void> forOwn(
      Set<String> addresses, BiFunction<String, RegistrationInfo, Future<Void>> change) {
    return Future.join(
            addresses.stream()
                .flatMap(
                    address ->
                        manager.own().getOrDefault(address, Set.of()).stream()
                            .map(registration -> change.apply(address, registration)))
                .toList())
        .mapEmpty();
  }

  /**
   * Removes what nodes left behind that died. One call at a time: while a node is frozen, each
   * would keep a thread waiting.
   *
   * @return how many there were
   */
  Future<Integer> removeLeftovers() {
    return removing.compareAndSet(false, true)
        ? vertx
            .executeBlocking(this::removeThoseOfDeadNodes, false)
            .onComplete(done -> removing.set(false))
        : Future.succeededFuture(0);
  }

  private int removeThoseOfDeadNodes() {
    var all = all();
    var removed = 0;
    for (var entry : all.entrySet()) {
      if (!manager.getNodes().contains(entry.getValue().unwrap().nodeId())
          && all.remove(entry.getKey(), entry.getValue())) {
        removed++;
      }
    }
    return removed;
  }

  /**
   * Brings the list and this node to agree. Others remove what the node has there while they take
   * it for dead, and two halves of a cluster that grow together lose some of it now and then; and
   * the node may have missed a change. While one call is under way, which takes as long as a frozen
   * node, others only let it begin once more.
   *
   * @return how many registrations of this node were missing
   */
  Future<Integer> restore() {
    return wantedRestores.getAndIncrement() == 0
        ? vertx.executeBlocking(this::reconcileUntilNoMoreIsWanted, false)
        : Future.succeededFuture(0);
  }

  private int reconcileUntilNoMoreIsWanted() {
    var restored = 0;
    var wanted = 0;
    try {
      do {
        wanted = wantedRestores.get();
        restored += reconcile();
      } while (!wantedRestores.compareAndSet(wanted, 0));
      return restored;
    } catch (RuntimeException e) {
      wantedRestores.set(0);
      throw e;
    }
  }

  private int reconcile() {
    IMap<String, HazelcastNodeInfo> nodes = manager.getHazelcastInstance().getMap(NODES);
    var own = new HazelcastNodeInfo(manager.ownPlace());
    var shown = nodes.get(manager.getNodeId());
    if (shown == null || !shown.unwrap().equals(own.unwrap())) {
      nodes.put(manager.getNodeId(), own);
    }
    var listed = new HashMap<String, Set<RegistrationInfo>>();
    for (var entry : all().entrySet()) {
      listed
          .computeIfAbsent(entry.getKey(), first -> new HashSet<>())
          .add(entry.getValue().unwrap());
    }
    var places = new HashMap<String, NodeInfo>();
    nodes.forEach((id, place) -> places.put(id, place.unwrap()));
    manager.learn(listed, places);
    return restore(listed);
  }

  private int restore(Map<String, Set<RegistrationInfo>> listed) {
    var restored = 0;
    for (var entry : manager.own().entrySet()) {
      var address = entry.getKey();
      for (var registration : entry.getValue()) {
        var isListed = listed.getOrDefault(address, Set.of()).contains(registration);
        if (!isListed && isWanted(address, registration)) {
          // It is not missing if it was put there meanwhile, as the first time while a node starts.
          restored += all().put(address, new HazelcastRegistrationInfo(registration)) ? 1 : 0;
          isListed = true;
        }
        if (isListed && !isWanted(address, registration)) {
          all().remove(address, new HazelcastRegistrationInfo(registration));
        }
      }
    }
    return restored;
  }

  private boolean isWanted(String address, RegistrationInfo registration) {
    return (address.equals(pingAddress) ? isPinged : !withdrawn)
        && !suspended.contains(address)
        && manager.own().getOrDefault(address, Set.of()).contains(registration);
  }

  /** Whether any node listens at an address. */
  public Future<Boolean> areThere(String address) {
    Promise<List<RegistrationInfo>> found = Promise.promise();
    manager.getRegistrations(address, found);
    return found.future().map(all -> all != null && !all.isEmpty());
  }

  private MultiMap<String, HazelcastRegistrationInfo> all() {
    return manager.getHazelcastInstance().getMultiMap("__vertx.subs");
  }
}
