package org.tradepost.order.outbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Backoff;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.contract.product.StockContract;
import org.tradepost.common.contract.product.StockContract.Settle;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.common.error.ServiceException;

/**
 * Reports the fate of each order to the product service until it acknowledges. It is woken when an
 * event was written and delivers while there are events, with a short delay in which more gather.
 * It also polls every second for events that another instance left undelivered.
 */
public final class OutboxRelay {

  private static final int LARGEST_BATCH = 500;
  private static final long TIMEOUT_MILLIS = 2_500;
  private static final long POLL_MILLIS = 1_000;

  /** No request waits for a settlement, and settling many orders takes little longer than one. */
  private static final long GATHER_MILLIS = 20;

  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 8_000;
  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

  private final Vertx vertx;
  private final Outbox outbox;
  private final ServiceBus bus;
  private final Backoff backoff = new Backoff(FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
  private Future<Void> round = Future.succeededFuture();
  private boolean woken;
  private boolean stopped;
  private boolean paused;
  private long timer;

  public OutboxRelay(Vertx vertx, Outbox outbox, ServiceBus bus) {
    this.vertx = vertx;
    this.outbox = outbox;
    this.bus = bus;
  }

  public void start() {
    timer = vertx.setPeriodic(POLL_MILLIS, POLL_MILLIS, id -> poll());
  }

  /** Starts a delivery from the oldest event on: one that was passed over may be due again. */
  public void poll() {
    outbox.rewind();
    wake();
  }

  /** Starts a delivery, unless one is under way: an event was written. */
  public void wake() {
    woken = true;
    if (round.isComplete() && !stopped && !paused) {
      next();
    }
  }

  /** Stops after the round that is under way; the next instance delivers the rest. */
  public Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return round;
  }

  private void next() {
    woken = false;
    round =
        outbox
            .deliver(LARGEST_BATCH, this::settle)
            .onSuccess(this::delivered)
            .onFailure(this::pause)
            .<Void>mapEmpty()
            .otherwiseEmpty();
    round.onSuccess(done -> again());
  }

  private void again() {
    if (woken && !stopped && !paused) {
      next();
    }
  }

  private void delivered(int count) {
    backoff.reset();
    if (count == LARGEST_BATCH) {
      woken = true;
    } else if (count > 0) {
      pauseFor(GATHER_MILLIS);
    }
  }

  /** The orders that were acknowledged; fails when the product service is unavailable. */
  private Future<Set<UUID>> settle(List<Outbox.Undelivered> events) {
    return settleTogether(events)
        .recover(
            failure ->
                ServiceException.isTemporary(failure)
                    ? Future.failedFuture(failure)
                    : settleEach(events, failure));
  }

  private Future<Set<UUID>> settleTogether(List<Outbox.Undelivered> events) {
    var settlements =
        events.stream().map(event -> new Settlement(event.orderId(), event.fate())).toList();
    return bus.causedBy(
            events.stream().map(Outbox.Undelivered::traceparent).toList(),
            "settle orders",
            () ->
                bus.call(
                    StockContract.SETTLE,
                    new Settle(settlements),
                    RequestContext.own(TIMEOUT_MILLIS)))
        .map(response -> Set.copyOf(response.settled()))
        .onSuccess(
            settled -> {
              if (settled.size() < events.size()) {
                log.warn("{} orders have no hold to settle", events.size() - settled.size());
              }
            });
  }

  /** One event was refused: tries each alone, so that it does not block the others. */
  private Future<Set<UUID>> settleEach(List<Outbox.Undelivered> events, Throwable failure) {
    if (events.size() == 1) {
      log.warn("order {} cannot be settled: {}", events.get(0).orderId(), failure.getMessage());
      return Future.succeededFuture(Set.of());
    }
    var settled = new HashSet<UUID>();
    var each = Future.<Void>succeededFuture();
    for (var event : events) {
      each = each.compose(done -> settle(List.of(event))).onSuccess(settled::addAll).mapEmpty();
    }
    return each.map(settled);
  }

  private void pause(Throwable failure) {
    log.info("orders cannot be settled now: {}", failure.getMessage());
    pauseFor(backoff.next());
  }

  private void pauseFor(long millis) {
    paused = true;
    vertx.setTimer(
        millis,
        id -> {
          paused = false;
          wake();
        });
  }
}
