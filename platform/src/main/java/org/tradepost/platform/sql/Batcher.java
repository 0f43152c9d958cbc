package org.tradepost.platform.sql;

import io.micrometer.core.instrument.DistributionSummary;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.WaitingQueue.Waiting;
import org.tradepost.platform.telemetry.metrics.Metrics;
import org.tradepost.platform.telemetry.metrics.QueueMetrics;
import org.tradepost.platform.telemetry.tracing.TracingSpan;

/**
 * Batches items by load: the items that arrive while one batch is in flight form the next. There is
 * no timer, so under light load an item runs at once, in a batch of one. An item whose caller has
 * stopped waiting is left out.
 *
 * <p>Belongs to one event loop.
 */
public final class Batcher<I, O> {

  /** Does the work of a batch and returns an outcome for each item, in the order of the items. */
  @FunctionalInterface
  public interface Work<I, O> {
    Future<List<Future<O>>> run(List<I> batch);
  }

  private final int maxBatchSize;
  private final Work<I, O> work;
  private final WaitingQueue<I, O> queue;
  private DistributionSummary sizes = QueueMetrics.none().batches();
  private boolean running;

  /**
   * @param maxBatchSize the most items of one batch
   * @param maxQueueSize the most items that may wait; further items are rejected
   */
  public Batcher(int maxBatchSize, int maxQueueSize, Work<I, O> work) {
    this.maxBatchSize = maxBatchSize;
    this.queue = new WaitingQueue<>(maxQueueSize);
    this.work = work;
  }

  /**
   * Puts an item into the next batch.
   *
   * @param call the request that the item belongs to
   * @return the outcome of the item; fails with {@code OVERLOADED} when the queue is full, or with
   *     {@code UNAVAILABLE}, and nothing done, when the call times out before the item's turn
   */
  public Future<O> submit(I item, RequestContext call) {
    if (running) {
      TracingSpan.current().queued();
    }
    return queue.add(item, call, running ? () -> {} : this::next);
  }

  /** Starts to measure the queue and the batches, labelled with {@code name}. */
  public void measure(Metrics metrics, String name) {
    sizes = queue.measure(metrics, name).batches();
  }

  private void next() {
    // Set before any promise fails: its owner may submit the next item at once.
    running = true;
    var batch = new ArrayList<Waiting<I, O>>();
    while (batch.size() < maxBatchSize && !queue.isEmpty()) {
      queue.next().ifPresent(batch::add);
    }
    if (batch.isEmpty()) {
      running = false;
    } else {
      sizes.record(batch.size());
      batch.get(0).start(() -> run(batch).onComplete(done -> next()));
    }
  }

  private Future<Void> run(List<Waiting<I, O>> batch) {
    var span = TracingSpan.batch(batch.stream().map(Waiting::span).toList());
    return span.within(() -> work.run(batch.stream().map(Waiting::item).toList()))
        .onComplete(done -> span.end(done.cause()))
        .compose(
            verdicts -> {
              for (var i = 0; i < batch.size(); i++) {
                verdicts.get(i).onComplete(batch.get(i).promise());
              }
              return Future.<Void>succeededFuture();
            })
        .recover(failure -> isolate(batch, failure));
  }

  /** Runs each item of a failed batch alone, so that only the item at fault fails. */
  private Future<Void> isolate(List<Waiting<I, O>> batch, Throwable failure) {
    if (batch.size() == 1 || failure instanceof ServiceException) {
      batch.forEach(waiting -> waiting.promise().tryFail(failure));
      return Future.succeededFuture();
    }
    var alone = Future.<Void>succeededFuture();
    for (var waiting : batch) {
      alone = alone.compose(done -> run(List.of(waiting)));
    }
    return alone;
  }
}
