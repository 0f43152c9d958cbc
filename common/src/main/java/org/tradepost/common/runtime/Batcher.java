package org.tradepost.common.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;

/**
 * Batching that follows the load: what arrives while a batch is in flight forms the next one. There
 * is no timer, so under light load a batch is one item and waits for nothing.
 *
 * <p>Belongs to one event loop.
 */
public final class Batcher<I, O> {

  /** Does the work of a batch and gives a verdict for each item, in the order of the items. */
  @FunctionalInterface
  public interface Work<I, O> {
    Future<List<Future<O>>> run(List<I> batch);
  }

  private final int largest;
  private final int longestQueue;
  private final Work<I, O> work;
  private final Deque<Waiting<I, O>> queue = new ArrayDeque<>();
  private boolean running;

  /**
   * @param largest the most items of one batch
   * @param longestQueue the most items that wait; a further one is refused
   */
  public Batcher(int largest, int longestQueue, Work<I, O> work) {
    this.largest = largest;
    this.longestQueue = longestQueue;
    this.work = work;
  }

  private record Waiting<I, O>(I item, Promise<O> promise) {}

  /**
   * Puts an item into the next batch.
   *
   * @return the item's own verdict, or {@code OVERLOADED}
   */
  public Future<O> submit(I item) {
    if (queue.size() >= longestQueue) {
      return Future.failedFuture(
          ServiceException.retryAfter(ErrorCode.OVERLOADED, ErrorCode.OVERLOADED.title(), 1));
    }
    var waiting = new Waiting<I, O>(item, Promise.promise());
    queue.add(waiting);
    if (!running) {
      next();
    }
    return waiting.promise.future();
  }

  /** How many items wait, and how many may; see {@link Figures#QUEUE}. */
  public Future<Map<String, Object>> figures() {
    return Future.succeededFuture(Map.of("waiting", queue.size(), "most", longestQueue));
  }

  private void next() {
    running = !queue.isEmpty();
    if (!running) {
      return;
    }
    var batch = new ArrayList<Waiting<I, O>>();
    while (batch.size() < largest && !queue.isEmpty()) {
      batch.add(queue.poll());
    }
    run(batch).onComplete(done -> next());
  }

  private Future<Void> run(List<Waiting<I, O>> batch) {
    return work.run(batch.stream().map(Waiting::item).toList())
        .compose(
            verdicts -> {
              for (var i = 0; i < batch.size(); i++) {
                verdicts.get(i).onComplete(batch.get(i).promise);
              }
              return Future.<Void>succeededFuture();
            })
        .recover(failure -> isolate(batch, failure));
  }

  /**
   * The batch failed as a whole: each item is tried alone, so that only the poisonous one fails.
   */
  private Future<Void> isolate(List<Waiting<I, O>> batch, Throwable failure) {
    if (batch.size() == 1 || failure instanceof ServiceException) {
      batch.forEach(waiting -> waiting.promise.tryFail(failure));
      return Future.succeededFuture();
    }
    var alone = Future.<Void>succeededFuture();
    for (var waiting : batch) {
      alone = alone.compose(done -> run(List.of(waiting)));
    }
    return alone;
  }
}
