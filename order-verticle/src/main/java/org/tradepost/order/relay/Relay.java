package org.tradepost.order.relay;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Backoff;
import org.tradepost.order.relay.RelayLease.Undelivered;
import org.tradepost.order.relay.UndeliveredEventReader.Batch;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.sql.Database;

/**
 * Reports the fate of each order to the product service until it acknowledges, by following the
 * event log. The one instance that has the {@link RelayLease} does this for all.
 *
 * <p>It wakes up when an event is written and delivers as long as there are events, with a short
 * pause in which more of them gather. It also polls for events that other instances wrote, for
 * rejected events that are due again, and for an expired lease.
 */
public final class Relay {

  private static final int MAX_BATCH_SIZE = 500;

  /** Short enough for another instance to take over within two seconds. */
  private static final long LEASE_MILLIS = 1_200;

  private static final long POLL_MILLIS = 400;

  /** No request waits for a settlement, and settling many orders takes little longer than one. */
  private static final long GATHER_MILLIS = 20;

  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long MAX_PAUSE_MILLIS = 8_000;
  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  private final Vertx vertx;
  private final Context context;
  private final UndeliveredEventReader events;
  private final RejectedEvents rejected;
  private final RelayLease lease;
  private final Delivery delivery;
  private final Backoff backoff = new Backoff(FIRST_PAUSE_MILLIS, MAX_PAUSE_MILLIS);
  private Future<Void> round = Future.succeededFuture();
  private Future<Void> leaseUpdate = Future.succeededFuture();
  private boolean woken;
  private boolean polled;
  private boolean stopped;
  private boolean paused;
  private long timer = -1;

  /**
   * @param maxAttempts how often an event may be rejected before it is parked
   */
  public Relay(ClusterNode node, Database database, int maxAttempts) {
    this.vertx = node.vertx();
    this.context = vertx.getOrCreateContext();
    this.events = new UndeliveredEventReader(database);
    this.rejected = new RejectedEvents(database, maxAttempts);
    this.lease = new RelayLease(database, node.name(), LEASE_MILLIS, maxAttempts);
    this.delivery = new Delivery(node.bus());
  }

  public void start() {
    poll();
    timer = vertx.setPeriodic(POLL_MILLIS, id -> poll());
  }

  /** Renews the lease, or takes it if no instance has it, and delivers all that is due. */
  public void poll() {
    if (stopped || !leaseUpdate.isComplete() || (paused && lease.epoch().isEmpty())) {
      return;
    }
    leaseUpdate = lease.epoch().map(lease::renew).orElseGet(lease::take).otherwiseEmpty();
    leaseUpdate.onSuccess(
        done -> {
          polled = true;
          wake();
        });
  }

  /**
   * Starts a delivery after an event was written, unless one is in flight or another instance has
   * the lease. It runs on the relay's own Vert.x context, since it serves more than the request
   * that wrote the event.
   */
  public void wake() {
    context.runOnContext(now -> deliver());
  }

  private void deliver() {
    woken = true;
    if (round.isComplete() && !stopped && !paused) {
      lease.epoch().ifPresent(this::next);
    }
  }

  /** Stops after the round in flight; another instance delivers the rest. */
  public Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return Future.join(round, leaseUpdate).compose(done -> lease.release());
  }

  /** Counts what the product service has not acknowledged, for the metrics. */
  public Future<Map<String, Object>> backlog() {
    return events.backlog();
  }

  private void next(long epoch) {
    woken = false;
    var retry = polled;
    polled = false;
    round =
        (retry ? retryRejected() : Future.<Void>succeededFuture())
            .compose(done -> deliverNext(epoch))
            .onSuccess(this::delivered)
            .onFailure(this::pause)
            .<Void>mapEmpty()
            .otherwiseEmpty();
    round.onSuccess(
        done -> {
          if (woken) {
            deliver();
          }
        });
  }

  private Future<Void> retryRejected() {
    return rejected
        .due(MAX_BATCH_SIZE)
        .compose(
            due -> delivery.deliver(due).compose(settled -> rejected.recordOutcome(due, settled)));
  }

  /** Delivers the next events of the log; returns how many were read. */
  private Future<Integer> deliverNext(long epoch) {
    return events
        .next(epoch, MAX_BATCH_SIZE)
        .compose(
            batch ->
                batch.read() == 0
                    ? Future.succeededFuture(0)
                    : delivery
                        .deliver(batch.due())
                        .compose(
                            settled -> lease.move(epoch, batch.end(), undelivered(batch, settled)))
                        .map(batch.read()));
  }

  private static List<Undelivered> undelivered(Batch batch, Set<UUID> settled) {
    var undelivered = new ArrayList<Undelivered>();
    var rejected = new HashSet<UUID>();
    for (var event : batch.due()) {
      if (!settled.contains(event.orderId())) {
        undelivered.add(new Undelivered(event, rejected.add(event.orderId()) ? 1 : 0));
      }
    }
    batch.waiting().forEach(event -> undelivered.add(new Undelivered(event, 0)));
    if (!rejected.isEmpty()) {
      log.warn("the product service rejected the events of {} orders", rejected.size());
    }
    return undelivered;
  }

  private void delivered(int read) {
    backoff.reset();
    if (read == MAX_BATCH_SIZE) {
      woken = true;
    } else if (read > 0) {
      pauseFor(GATHER_MILLIS);
    }
  }

  /** Gives up the lease: another instance may reach the product service. */
  private void pause(Throwable failure) {
    log.info("orders cannot be settled at the moment: {}", failure.getMessage());
    leaseUpdate = lease.release().otherwiseEmpty();
    pauseFor(backoff.next());
  }

  private void pauseFor(long millis) {
    paused = true;
    vertx.setTimer(
        millis,
        id -> {
          paused = false;
          if (lease.epoch().isPresent()) {
            deliver();
          } else {
            poll();
          }
        });
  }
}
