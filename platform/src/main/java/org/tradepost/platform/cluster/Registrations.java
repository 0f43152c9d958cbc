package org.tradepost.platform.cluster;

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
 * <p>An unregistered consumer is gone at once, while other nodes keep sending to it until they
 * know. So a leaving node first removes itself from the list, and keeps serving until no more
 * requests arrive. Vert.x has no operation for this, so this class changes its internal list.
 */
public final class Registrations {

  /** After this long without a request, the other nodes know of the change. */
  private static final long QUIET_MILLIS = 500;

  private static final long QUIET_TIMEOUT_MILLIS = 5_000;
  private static final long POLL_MILLIS = 50;

  /** Needed because a part of the list may be on a frozen node. */
  private static final long CHANGE_TIMEOUT_MILLIS = 2_000;

  /** After this time, the others have noticed that this node does not reply to their pings. */
  private static final long NOTICE_MILLIS = 2_500;

  private final Vertx vertx;
  private final Membership membership;
  private final String pingAddress;
  private final LongSupplier millisSinceLastMessage;
  private final Set<String> suspended = ConcurrentHashMap.newKeySet();
  private final AtomicInteger wantedRestores = new AtomicInteger();
  private final AtomicBoolean removing = new AtomicBoolean();
  private volatile boolean withdrawn;
  private volatile boolean keepsPingAddress = true;
  private volatile boolean stuck;

  /**
   * @param pingAddress where others check whether this node responds; stays in the list until all
   *     other addresses are out
   * @param millisSinceLastMessage the time since the last request came to this node
   */
  public Registrations(
      Vertx vertx, Membership membership, String pingAddress, LongSupplier millisSinceLastMessage) {
    this.vertx = vertx;
    this.membership = membership;
    this.pingAddress = pingAddress;
    this.millisSinceLastMessage = millisSinceLastMessage;
  }

  /**
   * Removes this node from the list; completes when the other nodes, if any, know of it. If the
   * list cannot be changed, since a part of it is on a frozen node, they learn it in another way:
   * see {@link #isStuck}.
   */
  public Future<Void> withdraw() {
    withdrawn = true;
    if (membership.getNodes().size() < 2) {
      return Future.succeededFuture();
    }
    return forOwn(exceptPingAddress(), membership::takeOutOfList)
        .compose(
            out -> {
              keepsPingAddress = false;
              return forOwn(Set.of(pingAddress), membership::takeOutOfList);
            })
        .timeout(CHANGE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .onFailure(late -> stuck = true)
        .transform(done -> vertx.timer(stuck ? NOTICE_MILLIS : QUIET_MILLIS))
        .compose(waited -> waitUntilQuiet(Deadline.in(QUIET_TIMEOUT_MILLIS)));
  }

  private Set<String> exceptPingAddress() {
    var addresses = new HashSet<>(membership.own().keySet());
    addresses.remove(pingAddress);
    return addresses;
  }

  /**
   * Whether this node is leaving and could not remove itself from the list. It must not reply to
   * pings then, so that the others send it nothing.
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
   * Removes addresses of this node from the list, while its consumers keep serving what still
   * arrives. Idempotent.
   */
  public Future<Void> suspend(Set<String> addresses) {
    suspended.addAll(addresses);
    return forOwn(addresses, membership::takeOutOfList);
  }

  /** Adds addresses of this node to the list again. */
  public Future<Void> resume(Set<String> addresses) {
    suspended.removeAll(addresses);
    return forOwn(addresses, membership::putIntoList);
  }

  private Future<Void> forOwn(
      Set<String> addresses, BiFunction<String, RegistrationInfo, Future<Void>> change) {
    return Future.join(
            addresses.stream()
                .flatMap(
                    address ->
                        membership.own().getOrDefault(address, Set.of()).stream()
                            .map(registration -> change.apply(address, registration)))
                .toList())
        .mapEmpty();
  }

  /**
   * Removes the registrations of dead nodes. Runs one call at a time: each would block a thread
   * while a node is frozen.
   *
   * @return how many were removed
   */
  Future<Integer> removeLeftovers() {
    return removing.compareAndSet(false, true)
        ? membership
            .calls()
            .run(this::removeThoseOfDeadNodes)
            .onComplete(done -> removing.set(false))
        : Future.succeededFuture(0);
  }

  private int removeThoseOfDeadNodes() {
    var all = membership.list();
    var removed = 0;
    for (var entry : all.entrySet()) {
      if (!membership.getNodes().contains(entry.getValue().unwrap().nodeId())
          && all.remove(entry.getKey(), entry.getValue())) {
        removed++;
      }
    }
    return removed;
  }

  /**
   * Reconciles the list with this node. Others remove this node's entries while they consider it
   * dead, some may get lost when two halves of a cluster merge, and this node may have missed a
   * change. A call while another runs, which lasts as long as a node is frozen, only makes that one
   * run again.
   *
   * @return how many registrations of this node were missing
   */
  Future<Integer> restore() {
    return wantedRestores.getAndIncrement() == 0
        ? membership
            .calls()
            .run(this::reconcileUntilNoMoreIsWanted)
            .onFailure(failure -> wantedRestores.set(0))
        : Future.succeededFuture(0);
  }

  private int reconcileUntilNoMoreIsWanted() {
    var restored = 0;
    var wanted = 0;
    do {
      wanted = wantedRestores.get();
      restored += reconcile();
    } while (!wantedRestores.compareAndSet(wanted, 0));
    return restored;
  }

  private int reconcile() {
    var nodes = membership.nodeInfos().shared();
    var own = new HazelcastNodeInfo(membership.ownNodeInfo());
    var shown = nodes.get(membership.getNodeId());
    if (shown == null || !shown.unwrap().equals(own.unwrap())) {
      nodes.put(membership.getNodeId(), own);
    }
    var listed = new HashMap<String, Set<RegistrationInfo>>();
    for (var entry : membership.list().entrySet()) {
      listed
          .computeIfAbsent(entry.getKey(), first -> new HashSet<>())
          .add(entry.getValue().unwrap());
    }
    var nodeInfos = new HashMap<String, NodeInfo>();
    nodes.forEach((id, info) -> nodeInfos.put(id, info.unwrap()));
    membership.nodeInfos().learn(nodeInfos);
    membership.learn(listed);
    return restore(listed);
  }

  private int restore(Map<String, Set<RegistrationInfo>> listed) {
    var restored = 0;
    for (var entry : membership.own().entrySet()) {
      var address = entry.getKey();
      for (var registration : entry.getValue()) {
        var isListed = listed.getOrDefault(address, Set.of()).contains(registration);
        if (!isListed && isWanted(address, registration)) {
          // Not missing if it was added meanwhile, as happens while a node starts.
          restored +=
              membership.list().put(address, new HazelcastRegistrationInfo(registration)) ? 1 : 0;
          isListed = true;
        }
        if (isListed && !isWanted(address, registration)) {
          membership.list().remove(address, new HazelcastRegistrationInfo(registration));
        }
      }
    }
    return restored;
  }

  private boolean isWanted(String address, RegistrationInfo registration) {
    return (address.equals(pingAddress) ? keepsPingAddress : !withdrawn)
        && !suspended.contains(address)
        && membership.own().getOrDefault(address, Set.of()).contains(registration);
  }

  /** Whether this node knows, without a lookup, of a node that listens at an address. */
  public boolean knowsListener(String address) {
    return membership.known().hasListener(address);
  }

  /** Whether any node listens at an address. */
  public Future<Boolean> hasListeners(String address) {
    Promise<List<RegistrationInfo>> found = Promise.promise();
    membership.getRegistrations(address, found);
    return found.future().map(all -> all != null && !all.isEmpty());
  }
}
