package org.tradepost.platform.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.multimap.MultiMap;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.tradepost.common.identity.ClusterProof;

/**
 * The cluster as the event bus sees it: without dead nodes and, for requests, without nodes that do
 * not prove that they have the cluster secret. Published messages go to all listeners.
 *
 * <p>When a node dies, Vert.x's manager removes its registrations from the shared list one by one,
 * and the bus keeps sending to the node until it hears of each removal. This class first notifies
 * the bus, and then the callers that wait for a reply from that node.
 *
 * <p>The shared list is also kept in memory, in {@link KnownRegistrations}, which answers when a
 * lookup takes long: a part of the list may be on a frozen node, and no request should wait for
 * that.
 */
public final class Membership extends HazelcastClusterManager {

  private static final String REGISTRATIONS = "__vertx.subs";
  private static final long REMOVAL_TIMEOUT_MILLIS = 2_000;
  private static final long LEAVE_TIMEOUT_MILLIS = 10_000;

  private final ClusterProof proof;

  /** Whether what the members show is valid: checked once, since each ping needs it. */
  private final Map<NodeProof.Shown, NodeProof.Secret> secrets = new ConcurrentHashMap<>();

  private final KnownRegistrations known = new KnownRegistrations(this::isMember, this::isProven);
  private final Map<String, Set<RegistrationInfo>> own = new ConcurrentHashMap<>();
  private final Map<String, SignedMap> maps = new ConcurrentHashMap<>();

  /** The registrations of this node that others do not see, by address. */
  private final Map<String, Set<RegistrationInfo>> localOnly = new ConcurrentHashMap<>();

  private Vertx vertx;
  private BlockingCalls calls;
  private Lookups<List<RegistrationInfo>> registrationLookups;
  private NodeInfos nodeInfos;
  private volatile NodeInfo ownNodeInfo;

  public Membership(Config config, ClusterProof proof) {
    super(config);
    this.proof = proof;
  }

  /** Makes and checks the proofs of the cluster secret. */
  ClusterProof proof() {
    return proof;
  }

  /** The registrations of all nodes, as this node knows them. */
  public KnownRegistrations known() {
    return known;
  }

  /** A map of texts that all nodes share. The first call with a name may wait for Hazelcast. */
  public SignedMap map(String name) {
    return maps.computeIfAbsent(name, first -> new SignedMap(this, name));
  }

  /** Runs what may block while a node is frozen. */
  BlockingCalls calls() {
    return calls;
  }

  @Override
  public void init(Vertx vertx) {
    this.vertx = vertx;
    this.calls = new BlockingCalls(vertx);
    this.registrationLookups =
        new Lookups<>(
            vertx,
            calls,
            this::readRegistrations,
            address -> Optional.ofNullable(known.byAddress().get(address)),
            known::update);
    this.nodeInfos = new NodeInfos(vertx, this);
    super.init(vertx);
  }

  /**
   * Leaves even if other nodes do not respond. What Vert.x does before it shuts Hazelcast down may
   * wait for them; Hazelcast is then terminated. The timeout of the shutdown itself is in {@code
   * cluster.xml}, since nothing can interrupt it.
   */
  @Override
  public void leave(Completable<Void> promise) {
    var timer =
        vertx.setTimer(
            LEAVE_TIMEOUT_MILLIS,
            due ->
                new Thread(() -> getHazelcastInstance().getLifecycleService().terminate(), "leave")
                    .start());
    Promise<Void> left = Promise.promise();
    left.future().onComplete(done -> vertx.cancelTimer(timer)).onComplete(promise);
    super.leave(left);
  }

  @Override
  public void registrationListener(RegistrationListener listener) {
    known.onUpdate(listener);
    super.registrationListener(
        new RegistrationListener() {
          @Override
          public void registrationsUpdated(RegistrationUpdateEvent event) {
            known.update(event.address(), event.registrations());
          }

          @Override
          public void registrationsLost() {
            listener.registrationsLost();
          }

          /**
           * Called at each change of the list. Vert.x would look the address up on the one thread
           * that it has for all changes, and take a failed lookup for an address without listeners.
           */
          @Override
          public boolean wantsUpdatesFor(String address) {
            if (listener.wantsUpdatesFor(address)) {
              registrationLookups.current(address).onSuccess(found -> known.update(address, found));
            }
            return false;
          }
        });
  }

  @Override
  public void addRegistration(
      String address, RegistrationInfo registration, Completable<Void> promise) {
    (registration.localOnly() ? localOnly : own)
        .compute(
            address,
            (key, present) -> {
              var all = present == null ? ConcurrentHashMap.<RegistrationInfo>newKeySet() : present;
              all.add(registration);
              return all;
            });
    super.addRegistration(address, registration, promise);
  }

  /**
   * Waits only a moment, since the list may be on a frozen node; the entry is removed when that
   * node resumes or has left. Vert.x closes nothing until all removals have ended.
   */
  @Override
  public void removeRegistration(
      String address, RegistrationInfo registration, Completable<Void> promise) {
    (registration.localOnly() ? localOnly : own)
        .computeIfPresent(
            address, (key, all) -> all.remove(registration) && all.isEmpty() ? null : all);
    takeOutOfList(address, registration)
        .timeout(REMOVAL_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .recover(Membership::unlessLate)
        .onComplete(promise);
  }

  private static Future<Void> unlessLate(Throwable failure) {
    return failure instanceof TimeoutException
        ? Future.succeededFuture()
        : Future.failedFuture(failure);
  }

  /**
   * Removes an address of this node from the shared list, while the node keeps listening there.
   * Goes through Vert.x, which restores the registrations that it knows whenever a member leaves.
   */
  Future<Void> takeOutOfList(String address, RegistrationInfo registration) {
    Promise<Void> done = Promise.promise();
    super.removeRegistration(address, registration, done);
    return done.future();
  }

  /** Adds an address at which this node listens to the shared list again. */
  Future<Void> putIntoList(String address, RegistrationInfo registration) {
    Promise<Void> done = Promise.promise();
    super.addRegistration(address, registration, done);
    return done.future();
  }

  /** What this node listens at for the whole cluster, by address. */
  Map<String, Set<RegistrationInfo>> own() {
    return own;
  }

  /** Reads Vert.x's list itself, since Vert.x would do it on one of its worker threads. */
  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
    registrationLookups
        .get(address)
        .map(all -> known.withoutUnresponsive(address, all))
        .onComplete(promise);
  }

  private List<RegistrationInfo> readRegistrations(String address) {
    var shared = list().get(address);
    var all = new ArrayList<>(localOnly.getOrDefault(address, Set.of()));
    shared.forEach(registration -> all.add(registration.unwrap()));
    return known.remember(address, all);
  }

  /** The list of registrations that all nodes share, by address. */
  MultiMap<String, HazelcastRegistrationInfo> list() {
    return getHazelcastInstance().getMultiMap(REGISTRATIONS);
  }

  NodeInfos nodeInfos() {
    return nodeInfos;
  }

  @Override
  public void setNodeInfo(NodeInfo info, Completable<Void> promise) {
    ownNodeInfo = NodeProof.sign(getNodeId(), info, proof);
    super.setNodeInfo(ownNodeInfo, promise);
  }

  /**
   * The address of this node on the event bus. Vert.x's own answer waits while the entries of a
   * dead member are removed, and thus for a frozen node.
   */
  NodeInfo ownNodeInfo() {
    return ownNodeInfo;
  }

  @Override
  public void getNodeInfo(String nodeId, Completable<NodeInfo> promise) {
    nodeInfos.get(nodeId).onComplete(promise);
  }

  /**
   * Learns the whole shared list. Where it differs from what is known here, a change was missed;
   * the address is then looked up, since the list may have changed again meanwhile.
   */
  void learn(Map<String, Set<RegistrationInfo>> all) {
    all.forEach(
        (address, registrations) -> {
          if (known.learn(address, registrations)) {
            registrationLookups.current(address).onSuccess(found -> known.update(address, found));
          }
        });
  }

  /**
   * The nodes of the cluster, oldest first; none once this node has left it. A member without an id
   * is not a Vert.x node.
   */
  Collection<Member> members() {
    try {
      return getHazelcastInstance().getCluster().getMembers().stream()
          .filter(member -> member.getAttribute(NodeProof.NODE_ID) != null)
          .toList();
    } catch (HazelcastInstanceNotActiveException left) {
      return List.of();
    }
  }

  private boolean isMember(String nodeId) {
    return nodeId.equals(getNodeId()) || members(nodeId).findAny().isPresent();
  }

  boolean isProven(String nodeId) {
    return nodeId.equals(getNodeId())
        || members(nodeId).anyMatch(member -> secret(member) == NodeProof.Secret.SAME);
  }

  /** Whether a member has this node's secret. */
  NodeProof.Secret secret(Member member) {
    return secrets.computeIfAbsent(NodeProof.shown(member), shown -> shown.check(proof));
  }

  /** More than one if a member without the secret copies the id of another. */
  private Stream<Member> members(String nodeId) {
    return members().stream()
        .filter(member -> nodeId.equals(member.getAttribute(NodeProof.NODE_ID)));
  }

  /**
   * Passes on the one event that Vert.x acts on. Vert.x handles events under the lock of {@link
   * #memberRemoved}, and Hazelcast waits for it. So the start of a merge would wait for the removal
   * of members that merged before, and that removal needs data which Hazelcast places elsewhere
   * only after the merge.
   */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void stateChanged(LifecycleEvent event) {
    if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
      super.stateChanged(event);
    }
  }

  @Override
  public synchronized void memberRemoved(MembershipEvent event) {
    if (!isActive()) {
      return; // This node is leaving: Hazelcast cannot be asked, and nothing calls from here.
    }
    var node = event.getMember().getAttribute(NodeProof.NODE_ID);
    if (node == null) {
      return; // It listened nowhere.
    }
    secrets.remove(NodeProof.shown(event.getMember()));
    nodeInfos.forget(node);
    known.remove(node);
    super.memberRemoved(event);
  }
}
