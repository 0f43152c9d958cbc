package org.tradepost.product.settlement;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Backoff;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.contract.order.ResolveContract;
import org.tradepost.common.contract.order.ResolveContract.Resolve;
import org.tradepost.common.contract.order.ResolveContract.Resolved;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.telemetry.logging.LogFields;

/**
 * Asks the order service for the fate of the orders of expired holds, and settles these holds.
 *
 * <p>A hold is never released on a timeout alone. While the order service is unavailable, expired
 * holds stay, and the pause between requests grows. Several instances may sweep the same holds; no
 * hold is settled twice.
 */
public final class ExpiredHoldSweep {

  private static final Logger log = LoggerFactory.getLogger(ExpiredHoldSweep.class);
  private static final int PAGE_SIZE = 100;
  private static final long INTERVAL_MILLIS = 1_000;
  private static final long MAX_PAUSE_MILLIS = 10_000;
  private static final long RESOLVE_TIMEOUT_MILLIS = 2_000;

  private final Vertx vertx;
  private final ServiceBus bus;
  private final Settlements settlements;
  private final Backoff backoff = new Backoff(INTERVAL_MILLIS, MAX_PAUSE_MILLIS);
  private long timer;
  private boolean stopped;
  private Future<Void> running = Future.succeededFuture();

  public ExpiredHoldSweep(Vertx vertx, ServiceBus bus, Settlements settlements) {
    this.vertx = vertx;
    this.bus = bus;
    this.settlements = settlements;
  }

  /** Starts to sweep about every second. */
  public void start() {
    schedule(Backoff.jitter(INTERVAL_MILLIS));
  }

  private void schedule(long millis) {
    if (!stopped) {
      timer = vertx.setTimer(millis, due -> run());
    }
  }

  /** Stops; completes when the sweep in progress has finished. */
  public Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return running;
  }

  private void run() {
    running = sweep().onSuccess(this::sweepAgainLater).onFailure(this::backOff).otherwiseEmpty();
  }

  private void sweepAgainLater(Void ignored) {
    backoff.reset();
    start();
  }

  private void backOff(Throwable failure) {
    var pause = backoff.next();
    log.warn(
        "expired holds cannot be resolved, next attempt in {} ms: {}", pause, failure.getMessage());
    schedule(pause);
  }

  private Future<Void> sweep() {
    return settlements
        .expired(PAGE_SIZE)
        .compose(this::settle)
        .compose(settled -> settled < PAGE_SIZE || stopped ? Future.succeededFuture() : sweep());
  }

  /** Settles the holds; returns how many were settled. */
  private Future<Integer> settle(List<ExpiredHold> holds) {
    return holds.isEmpty()
        ? Future.succeededFuture(0)
        : settleTogether(holds)
            .recover(
                failure ->
                    ServiceException.isTemporary(failure)
                        ? Future.failedFuture(failure)
                        : settleEach(holds));
  }

  /** Settles the holds in a span linked to the traces of the requests that made them. */
  private Future<Integer> settleTogether(List<ExpiredHold> holds) {
    var orders = holds.stream().map(ExpiredHold::orderId).toList();
    return bus.causedBy(
            holds.stream().map(ExpiredHold::traceparent).toList(),
            "settle expired holds",
            () -> resolve(orders).compose(settlements::settle))
        .map(List::size)
        .onSuccess(settled -> log.info("settled {} expired holds", settled));
  }

  private Future<List<Settlement>> resolve(List<UUID> orders) {
    return bus.call(
            ResolveContract.RESOLVE,
            new Resolve(orders),
            RequestContext.background(RESOLVE_TIMEOUT_MILLIS))
        .map(Resolved::settlements);
  }

  /** Settles each hold alone after a failure, so that a faulty hold does not block the others. */
  private Future<Integer> settleEach(List<ExpiredHold> holds) {
    var each = Future.succeededFuture(0);
    for (var hold : holds) {
      each = each.compose(settled -> settleAlone(hold).map(one -> settled + one));
    }
    return each;
  }

  private Future<Integer> settleAlone(ExpiredHold hold) {
    return settleTogether(List.of(hold))
        .recover(
            failure -> {
              if (ServiceException.isTemporary(failure)) {
                return Future.failedFuture(failure);
              }
              log.atError()
                  .addKeyValue(LogFields.ORDER_ID, hold.orderId())
                  .setCause(failure)
                  .log("the expired hold of order {} cannot be settled", hold.orderId());
              return Future.succeededFuture(0);
            });
  }
}
