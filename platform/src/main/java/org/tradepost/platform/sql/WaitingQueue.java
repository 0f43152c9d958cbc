package org.tradepost.platform.sql;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.telemetry.metrics.Metrics;
import org.tradepost.platform.telemetry.metrics.QueueMetrics;
import org.tradepost.platform.telemetry.tracing.TracingSpan;

/**
 * A first-come, first-served queue; an item whose caller has stopped waiting is dropped at its
 * turn, or earlier when the queue is full. Belongs to one event loop.
 */
final class WaitingQueue<I, O> {

  private final int maxSize;
  private QueueMetrics metrics = QueueMetrics.none();

  /** Read by the metrics on other threads. */
  private volatile int size;

  private final Deque<Waiting<I, O>> queue = new ArrayDeque<>();

  /**
   * @param maxSize the most items that may wait; further items are rejected
   */
  WaitingQueue(int maxSize) {
    this.maxSize = maxSize;
  }

  /**
   * An item and the promise of its outcome, which is completed in the Vert.x context of its caller:
   * callers share an event loop, but what each logs belongs to its own request and trace. Uses an
   * internal class of Vert.x, because every public way goes through the event loop's queue.
   *
   * @param caller null outside Vert.x
   * @param span the span of the request that the item belongs to
   * @param since when it was added, by {@link System#nanoTime}
   */
  record Waiting<I, O>(
      I item,
      RequestContext call,
      Promise<O> promise,
      ContextInternal caller,
      TracingSpan span,
      long since) {

    static <I, O> Waiting<I, O> of(I item, RequestContext call) {
      var caller = ContextInternal.current();
      Promise<O> promise = caller == null ? Promise.promise() : caller.promise();
      return new Waiting<>(item, call, promise, caller, TracingSpan.current(), System.nanoTime());
    }

    /** Starts work on the item, or on a batch that it begins, in the context of its caller. */
    void start(Runnable work) {
      if (caller == null || caller == ContextInternal.current()) {
        work.run();
      } else {
        caller.dispatch(work);
      }
    }
  }

  /**
   * Adds an item and then runs {@code start}.
   *
   * @return fails with {@code OVERLOADED} when the queue is full, or with {@code UNAVAILABLE} when
   *     the call times out before the item's turn
   */
  Future<O> add(I item, RequestContext call, Runnable start) {
    while (queue.size() >= maxSize && queue.peek().call.remaining() <= 0) {
      next();
    }
    if (queue.size() >= maxSize) {
      metrics.rejected();
      return Future.failedFuture(ServiceException.overloaded());
    }
    Waiting<I, O> waiting = Waiting.of(item, call);
    queue.add(waiting);
    size = queue.size();
    start.run();
    return waiting.promise.future();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Removes the next item; empty when its caller has stopped waiting. */
  Optional<Waiting<I, O>> next() {
    var waiting = queue.remove();
    size = queue.size();
    metrics.waited(waiting.since, waiting.call.traceparent());
    if (waiting.call.remaining() > 0) {
      return Optional.of(waiting);
    }
    waiting.promise.fail(ServiceException.timedOut());
    return Optional.empty();
  }

  /** Starts to measure the queue, labelled with {@code name}. */
  QueueMetrics measure(Metrics node, String name) {
    metrics = node.queue(name, () -> size, maxSize);
    return metrics;
  }
}
