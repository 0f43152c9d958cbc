package org.tradepost.gateway.call;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.RepeatPolicy;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.description.DescriptionQuery;

/**
 * Detects whether a service responds. When none of its calls gets a reply for a while, it is sent a
 * probe, which every instance answers from memory. The service counts as unresponsive only if the
 * probe gets no reply either, so slow requests alone cannot cause this. A removed service no longer
 * counts as unresponsive.
 *
 * <p>One per gateway, shared by its event loops.
 */
final class Responsiveness {

  private static final long PROBE_INTERVAL_MILLIS = 1_000;
  private static final long PROBE_TIMEOUT_MILLIS = 1_000;

  /** How many instances are probed, so that one unresponsive instance does not count for all. */
  private static final int INSTANCES_PROBED = 3;

  /** How many polls precede a probe. */
  private static final int POLLS = 5;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final Logger log = LoggerFactory.getLogger(Responsiveness.class);

  private final Vertx vertx;
  private final ServiceBus bus;
  private final String service;
  private final long unresponsiveMillis;
  private final BooleanSupplier known;
  private final RepeatPolicy probe;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicBoolean watching = new AtomicBoolean();
  private final AtomicBoolean unresponsive = new AtomicBoolean();
  private final AtomicInteger timesUnresponsive = new AtomicInteger();
  private volatile long lastReplyAt = System.nanoTime();
  private volatile long waitingSince = lastReplyAt;

  /**
   * @param unresponsiveMillis how long there is no reply before the service is probed
   * @param known returns false once the service was removed
   */
  Responsiveness(
      Vertx vertx, ServiceBus bus, String service, long unresponsiveMillis, BooleanSupplier known) {
    this.vertx = vertx;
    this.bus = bus;
    this.service = service;
    this.unresponsiveMillis = unresponsiveMillis;
    this.known = known;
    var millis = Math.min(PROBE_TIMEOUT_MILLIS, unresponsiveMillis);
    this.probe = new RepeatPolicy(millis, millis / INSTANCES_PROBED, INSTANCES_PROBED);
  }

  /** Whether the service is unresponsive. */
  boolean isUnresponsive() {
    return unresponsive.get();
  }

  /** Returns how often the service became unresponsive. */
  int timesUnresponsive() {
    return timesUnresponsive.get();
  }

  /** Watches a call that has just been made. */
  <T> Future<T> watch(Future<T> call) {
    inFlight.incrementAndGet();
    if (!isWaiting()) {
      waitingSince = System.nanoTime();
    }
    if (watching.compareAndSet(false, true)) {
      pollLater();
    }
    return call.onComplete(
        done -> {
          inFlight.decrementAndGet();
          if (!ServiceException.isNoReply(done.cause())) {
            replied();
          }
        });
  }

  /** Whether a call was made after the last reply. */
  private boolean isWaiting() {
    return waitingSince - lastReplyAt > 0;
  }

  private void replied() {
    lastReplyAt = System.nanoTime();
    if (unresponsive.compareAndSet(true, false)) {
      log.info("{} responds again", service);
    }
  }

  private void pollLater() {
    vertx.setTimer(Math.max(1, unresponsiveMillis / POLLS), due -> poll());
  }

  private void poll() {
    if (inFlight.get() == 0) {
      watching.set(false);
      // A call in between may have seen that polling was still on.
      if (inFlight.get() > 0 && watching.compareAndSet(false, true)) {
        pollLater();
      }
    } else if (isWaiting()
        && System.nanoTime() - waitingSince >= unresponsiveMillis * NANOS_PER_MILLI) {
      sendProbe();
    } else {
      pollLater();
    }
  }

  /** Sends the probe without a token, since a rejection is a reply too. */
  private void sendProbe() {
    var startedAt = System.nanoTime();
    bus.sendRepeatable(
            DescriptionQuery.of(service).address(),
            Buffer.buffer(),
            MultiMap.caseInsensitiveMultiMap(),
            probe)
        .onComplete(
            answer -> {
              if (!ServiceException.isNoReply(answer.cause())) {
                replied();
              }
              afterProbe(startedAt);
            });
  }

  private void afterProbe(long startedAt) {
    if (!known.getAsBoolean()) {
      unresponsive.set(false);
      pollLater();
      return;
    }
    if (lastReplyAt - startedAt > 0) {
      pollLater();
      return;
    }
    if (unresponsive.compareAndSet(false, true)) {
      timesUnresponsive.incrementAndGet();
      log.warn("{} is unresponsive: calls are suspended", service);
    }
    vertx.setTimer(PROBE_INTERVAL_MILLIS, due -> sendProbe());
  }
}
