package org.tradepost.platform.service;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests that an instance is serving, and waits for them when it stops.
 *
 * <p>Belongs to the context of the service.
 */
final class RequestsInFlight {

  private static final int MAX_REQUESTS = 2_000;
  private static final long DRAIN_TIMEOUT_MILLIS = 10_000;

  private final Promise<Void> drained = Promise.promise();
  private final AtomicInteger count = new AtomicInteger();
  private boolean draining;

  /** Whether further requests must be rejected. */
  boolean isFull() {
    return count.get() >= MAX_REQUESTS;
  }

  void started() {
    count.incrementAndGet();
  }

  void finished() {
    count.decrementAndGet();
    completeDrain();
  }

  /** Completes when no request is in flight, or after {@value #DRAIN_TIMEOUT_MILLIS} ms. */
  Future<Void> drain(Vertx vertx) {
    draining = true;
    completeDrain();
    if (count.get() > 0) {
      vertx.setTimer(DRAIN_TIMEOUT_MILLIS, due -> drained.tryComplete());
    }
    return drained.future();
  }

  private void completeDrain() {
    if (draining && count.get() == 0) {
      drained.tryComplete();
    }
  }

  /** The number of requests in flight. Thread-safe. */
  int count() {
    return count.get();
  }
}
