package org.tradepost.platform.sql;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.telemetry.tracing.TracingSpan;

/**
 * Items that wait for their turn, first come, first served; one whose caller has stopped waiting
 * drops out. Belongs to one event loop.
 */
final class WaitingQueue<I, O> {

  private final int longest;
  private final Deque<Waiting<I, O>> queue = new ArrayDeque<>();

  /**
   * @param longest the most items that wait; a further one is refused
   */
  WaitingQueue(int longest) {
    this.longest = longest;
  }

  /** An item, the promise of what becomes of it, and the span of the request that it belongs to. */
  record Waiting<I, O>(I item, RequestContext call, Promise<O> promise, TracingSpan span) {}

  /**
   * Adds an item, and then starts whatever can be started.
   *
   * @return fails with {@code OVERLOADED}, or with {@code UNAVAILABLE} when the call's time was up
   *     before the turn of its item
   */
  Future<O> add(I item, RequestContext call, Runnable start) {
    if (queue.size() >= longest) {
      return Future.failedFuture(ServiceException.overloaded());
    }
    var span = TracingSpan.current();
    Promise<O> promise = span.promise();
    queue.add(new Waiting<>(item, call, promise, span));
    start.run();
    return promise.future();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Takes out the next item; empty when its caller has stopped waiting. */
  Optional<Waiting<I, O>> next() {
    var waiting = queue.remove();
    if (waiting.call.remaining() > 0) {
      return Optional.of(waiting);
    }
    waiting.promise.fail(ServiceException.timeUp());
    return Optional.empty();
  }

  /** How many items wait, and how many may. */
  Future<Map<String, Object>> metrics() {
    return Future.succeededFuture(Map.of("waiting", queue.size(), "most", longest));
  }
}
