package org.tradepost.platform.cluster;

import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tradepost.common.bus.Deadline;

/**
 * The shared list of registrations as this node last saw it: without dead nodes and, for requests,
 * without nodes that do not prove that they have the cluster secret. Notifies the event bus of each
 * change; the bus gets no unresponsive node while others can serve.
 */
public final class KnownRegistrations {

  /** Less than a node waits between the removal of its addresses and its leaving. */
  private static final long REMOVAL_MILLIS = 400;

  private final Predicate<String> isMember;
  private final Predicate<String> isProven;
  private final Map<String, List<RegistrationInfo>> known = new ConcurrentHashMap<>();

  /**
   * By node, the addresses that were taken out of the list; until the deadline, this may be due to
   * its death.
   */
  private final Map<String, Map<String, Deadline>> takenOut = new ConcurrentHashMap<>();

  private final Set<String> unresponsive = ConcurrentHashMap.newKeySet();
  private volatile RegistrationListener bus;
  private volatile Consumer<String> lost = address -> {};
  private volatile Predicate<String> openToAll = address -> false;

  /**
   * @param isMember whether the node with an id is in the cluster
   * @param isProven whether it also proves that it has the cluster secret
   */
  KnownRegistrations(Predicate<String> isMember, Predicate<String> isProven) {
    this.isMember = isMember;
    this.isProven = isProven;
  }

  /** Sets the addresses at which every node may listen, even without the secret. */
  public void openToAll(Predicate<String> openToAll) {
    this.openToAll = openToAll;
  }

  /** Sets the action that is called with each address at which a lost node had listened. */
  public void onLost(Consumer<String> lost) {
    this.lost = lost;
  }

  void onUpdate(RegistrationListener bus) {
    this.bus = bus;
  }

  /** The registrations by address. An address at which no node listens any more is kept. */
  Map<String, List<RegistrationInfo>> byAddress() {
    return known;
  }

  /** Whether this node knows of a node that listens at an address. */
  boolean hasListener(String address) {
    return !known.getOrDefault(address, List.of()).isEmpty();
  }

  /** Remembers what the list says of an address; returns what counts of it. */
  List<RegistrationInfo> remember(String address, List<RegistrationInfo> registrations) {
    var living = living(address, registrations);
    var present = nodes(living);
    for (var node : nodes(known.getOrDefault(address, List.of()))) {
      if (!present.contains(node)) {
        takenOut
            .computeIfAbsent(node, first -> new ConcurrentHashMap<>())
            .put(address, Deadline.in(REMOVAL_MILLIS));
      }
    }
    known.put(address, living);
    return living;
  }

  /** Remembers what the list says of an address, and notifies the bus. */
  void update(String address, List<RegistrationInfo> registrations) {
    notifyBus(address, remember(address, registrations));
  }

  private void notifyBus(String address, List<RegistrationInfo> registrations) {
    bus.registrationsUpdated(
        new RegistrationUpdateEvent(address, withoutUnresponsive(address, registrations)));
  }

  /**
   * Learns what a copy of the list says of an address that is not known yet.
   *
   * @return whether the copy differs from what is known
   */
  boolean learn(String address, Set<RegistrationInfo> registrations) {
    var now = living(address, registrations);
    var before = now.isEmpty() ? known.get(address) : known.putIfAbsent(address, now);
    return before != null && !shared(before).equals(Set.copyOf(now));
  }

  private static Set<RegistrationInfo> shared(List<RegistrationInfo> registrations) {
    return registrations.stream()
        .filter(registration -> !registration.localOnly())
        .collect(Collectors.toSet());
  }

  private List<RegistrationInfo> living(String address, Collection<RegistrationInfo> all) {
    var counts = openToAll.test(address) ? isMember : isProven;
    return all.stream().filter(registration -> counts.test(registration.nodeId())).toList();
  }

  /** Leaves out unresponsive nodes, unless there are no others. */
  List<RegistrationInfo> withoutUnresponsive(String address, List<RegistrationInfo> registrations) {
    var responsive =
        registrations.stream().filter(one -> !unresponsive.contains(one.nodeId())).toList();
    return responsive.isEmpty() || openToAll.test(address) ? registrations : responsive;
  }

  /**
   * Marks whether a node answers. If it does not, requests in flight at its addresses are sent
   * again, and new ones go to other nodes that can serve them.
   */
  public void markUnresponsive(String node, boolean isUnresponsive) {
    if (isUnresponsive) {
      unresponsive.add(node);
    } else {
      unresponsive.remove(node);
    }
    known.forEach(
        (address, registrations) -> {
          var nodes = nodes(registrations);
          if (nodes.contains(node)) {
            notifyBus(address, registrations);
            if (isUnresponsive && !unresponsive.containsAll(nodes)) {
              lost.accept(address);
            }
          }
        });
  }

  /**
   * Removes a member of the cluster. If it has died, others may have taken its addresses out of the
   * list a moment ago; what was in flight there is sent again too. Forgets the addresses that
   * contain its id, since nobody calls them again, unless a member remains whose id the removed one
   * had copied.
   */
  void remove(String node) {
    var removed = takenOut.getOrDefault(node, Map.of());
    takenOut.remove(node);
    known.forEach(
        (address, registrations) -> {
          var removal = removed.get(address);
          if (nodes(registrations).contains(node) || (removal != null && !removal.isPast())) {
            notifyBus(address, known.computeIfPresent(address, this::living));
            lost.accept(address);
          }
        });
    unresponsive.remove(node);
    if (!isMember.test(node)) {
      known.keySet().removeIf(address -> address.contains(node));
    }
  }

  private static Set<String> nodes(List<RegistrationInfo> registrations) {
    return registrations.stream().map(RegistrationInfo::nodeId).collect(Collectors.toSet());
  }
}
