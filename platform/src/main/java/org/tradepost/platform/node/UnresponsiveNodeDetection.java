package org.tradepost.platform.node;

import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.platform.cluster.Members;
import org.tradepost.platform.cluster.Membership;
import org.tradepost.platform.cluster.NodeProof;

/**
 * Detects nodes that do not reply on the bus, because they are frozen or cut off, long before the
 * cluster removes them. Pings each node all the time. While a node does not reply, requests go to
 * other nodes that can serve them.
 */
final class UnresponsiveNodeDetection {

  private static final long PING_INTERVAL_MILLIS = 400;

  private static final long PING_TIMEOUT_MILLIS = 1_000;

  private static final long MAX_DELAY_MILLIS = 300;
  private static final Logger log = LoggerFactory.getLogger(UnresponsiveNodeDetection.class);

  private final Vertx vertx;
  private final ServiceBus bus;
  private final Members members;
  private final Membership membership;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final Set<String> unresponsive = ConcurrentHashMap.newKeySet();

  /** Nodes that have replied; a node that has just joined may not be able to yet. */
  private final Set<String> started = ConcurrentHashMap.newKeySet();

  private long timer = -1;

  UnresponsiveNodeDetection(Vertx vertx, ServiceBus bus, Members members, Membership membership) {
    this.vertx = vertx;
    this.bus = bus;
    this.members = members;
    this.membership = membership;
  }

  void start() {
    timer = vertx.setPeriodic(PING_INTERVAL_MILLIS, due -> pingAll());
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  /** How many other nodes do not reply. */
  int count() {
    return unresponsive.size();
  }

  private void pingAll() {
    var others =
        members.others().stream()
            .filter(node -> node.secret() == NodeProof.Secret.SAME)
            .collect(
                Collectors.toMap(
                    Members.Known::id, Members.Known::name, (name, duplicate) -> name));
    started.retainAll(others.keySet());
    unresponsive.stream().filter(id -> !others.containsKey(id)).forEach(this::markResponsive);
    others.forEach(this::ping);
  }

  private void ping(String id, String name) {
    if (waiting.add(id)) {
      var startedAt = System.nanoTime();
      // A node that does not listen is starting or leaving: its state stays as it was.
      bus.isUnresponsive(NodeAddress.ping(id).address(), PING_TIMEOUT_MILLIS)
          .onComplete(done -> waiting.remove(id))
          .onSuccess(
              noReply -> {
                if (!wasStalled(startedAt)) {
                  found(id, name, noReply);
                }
              });
    }
  }

  /** Whether this node itself was stalled, so that an unread answer may be waiting. */
  private static boolean wasStalled(long startedAt) {
    var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
    return millis > PING_TIMEOUT_MILLIS + MAX_DELAY_MILLIS;
  }

  private void found(String id, String name, boolean noReply) {
    if (noReply && unresponsive.add(id)) {
      membership.known().markUnresponsive(id, true);
      if (started.contains(id)) {
        log.warn("{} does not reply: requests go to other instances that can serve them", name);
      }
    } else if (!noReply) {
      var hadStarted = !started.add(id);
      if (markResponsive(id) && hadStarted) {
        log.info("{} responds again", name);
      }
    }
  }

  /** Also if it has left: it may return under the same id. Returns whether it was unresponsive. */
  private boolean markResponsive(String id) {
    var was = unresponsive.remove(id);
    if (was) {
      membership.known().markUnresponsive(id, false);
    }
    return was;
  }
}
