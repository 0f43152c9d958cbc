package org.tradepost.platform.telemetry.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/** Measures the items of a queue. */
public final class QueueMetrics {

  private static final String BATCH = "tradepost.batch.size";
  private static final double[] BATCH_SIZES = {1, 2, 4, 8, 16, 32, 64, 128};
  private static final QueueMetrics NONE =
      new QueueMetrics(new MetricsTrace(), new CompositeMeterRegistry(), "");

  private final MetricsTrace trace;
  private final MeterRegistry registry;
  private final String name;
  private final Timer waits;
  private final Counter rejected;

  QueueMetrics(MetricsTrace trace, MeterRegistry registry, String name) {
    this.trace = trace;
    this.registry = registry;
    this.name = name;
    this.waits =
        Timer.builder("tradepost.queue.wait")
            .description("How long items waited for their turn")
            .tag("queue", name)
            .serviceLevelObjectives(OperationMetrics.BUCKETS)
            .register(registry);
    this.rejected =
        Counter.builder("tradepost.queue.refused")
            .description("Items rejected because the queue was full")
            .tag("queue", name)
            .register(registry);
  }

  /** Measures nothing. */
  public static QueueMetrics none() {
    return NONE;
  }

  /**
   * Records the wait of an item whose turn has come or whose caller has stopped waiting.
   *
   * @param since when it was added, by {@link System#nanoTime}
   * @param traceparent the trace context of its request, or null
   */
  public void waited(long since, String traceparent) {
    trace.record(waits, System.nanoTime() - since, traceparent);
  }

  /** Counts a rejected item. */
  public void rejected() {
    rejected.increment();
  }

  /** Measures the batches in which items are taken out. */
  public DistributionSummary batches() {
    return DistributionSummary.builder(BATCH)
        .description("How many items were taken at once")
        .tags(Tags.of("queue", name))
        .serviceLevelObjectives(BATCH_SIZES)
        .register(registry);
  }
}
