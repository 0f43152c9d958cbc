package org.tradepost.common.runtime;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import io.vertx.core.Completable;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The cluster as the event bus sees it, with the dead left out.
 *
 * <p>When a node dies, the manager first takes everything it left behind out of the shared list of
 * who listens where, entry by entry, and the bus goes on sending to it until it hears of each. Here
 * the bus hears first, and then whoever waits for an answer from there.
 */
final class Membership extends HazelcastClusterManager {

  private static final String NODE_ID = "__vertx.nodeId";

  private final Map<String, List<RegistrationInfo>> known = new ConcurrentHashMap<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<RegistrationInfo>> own = new ConcurrentHashMap<>();
  private volatile RegistrationListener bus;
  private volatile Consumer<String> lost = address -> {};

  Membership(Config config) {
    super(config);
  }

  /** From now on {@code lost} is told of each address at which a node that is gone had listened. */
  void onLost(Consumer<String> lost) {
    this.lost = lost;
  }

  @Override
  public void registrationListener(RegistrationListener listener) {
    bus = listener;
    super.registrationListener(
        new RegistrationListener() {
          @Override
          public void registrationsUpdated(RegistrationUpdateEvent event) {
            tell(event.address(), event.registrations());
          }

          @Override
          public void registrationsLost() {
            listener.registrationsLost();
          }

          @Override
          public boolean wantsUpdatesFor(String address) {
            return listener.wantsUpdatesFor(address);
          }
        });
  }

  @Override
  public void addRegistration(
      String address, RegistrationInfo registration, Completable<Void> promise) {
    if (!registration.localOnly()) {
      own.computeIfAbsent(address, first -> ConcurrentHashMap.newKeySet()).add(registration);
    }
    super.addRegistration(address, registration, promise);
  }

  @Override
  public void removeRegistration(
      String address, RegistrationInfo registration, Completable<Void> promise) {
    own.getOrDefault(address, Set.of()).remove(registration);
    super.removeRegistration(address, registration, promise);
  }

  /** What this node itself listens at, for others too. */
  Map<String, Set<RegistrationInfo>> own() {
    return own;
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
    super.getRegistrations(
        address,
        (found, failure) -> {
          if (failure == null) {
            promise.succeed(living(address, found));
          } else {
            promise.fail(failure);
          }
        });
  }

  private void tell(String address, List<RegistrationInfo> registrations) {
    bus.registrationsUpdated(new RegistrationUpdateEvent(address, living(address, registrations)));
  }

  private List<RegistrationInfo> living(String address, List<RegistrationInfo> registrations) {
    var living =
        registrations.stream().filter(registration -> !isGone(registration.nodeId())).toList();
    known.put(address, living);
    return living;
  }

  /** After a split of the network a node comes back under the id it had. */
  private boolean isGone(String node) {
    return gone.contains(node) && !getNodes().contains(node);
  }

  @Override
  public synchronized void memberRemoved(MembershipEvent event) {
    var node = event.getMember().getAttribute(NODE_ID);
    gone.add(node);
    known.forEach(
        (address, registrations) -> {
          if (registrations.stream().anyMatch(one -> one.nodeId().equals(node))) {
            tell(address, registrations);
            lost.accept(address);
          }
        });
    super.memberRemoved(event);
  }
}
