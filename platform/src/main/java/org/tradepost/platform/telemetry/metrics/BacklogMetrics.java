package org.tradepost.platform.telemetry.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The work that a database still has to do. It is queried on demand, at most once a second. If the
 * query takes too long, the backlog is unknown and has no number.
 */
final class BacklogMetrics {

  private static final String UNKNOWN = "unknown";
  private static final long QUERY_TIMEOUT_MILLIS = 600;
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final Optional<Context> context = Optional.ofNullable(Vertx.currentContext());
  private final Supplier<Future<Map<String, Object>>> source;
  private final MultiGauge items;
  private final MultiGauge oldest;
  private volatile Map<String, Object> values = Map.of(UNKNOWN, "it has not been asked for yet");
  private Future<Void> asking = Future.succeededFuture();
  private long askedAt = System.nanoTime() - FRESH_NANOS;

  BacklogMetrics(
      MeterRegistry registry, String name, Supplier<Future<Map<String, Object>>> source) {
    this.name = name;
    this.source = source;
    this.items =
        MultiGauge.builder(MetricNames.BACKLOG)
            .description("What a database still has to do, by state")
            .tag("backlog", name)
            .register(registry);
    this.oldest =
        MultiGauge.builder(MetricNames.BACKLOG_AGE)
            .description("The age of what has been in a backlog longest, 0 when it is empty")
            .baseUnit("seconds")
            .tag("backlog", name)
            .register(registry);
  }

  /** The result of the last query, or why it is unknown. */
  NodeMetric summary() {
    return new NodeMetric(MetricsSummary.BACKLOG, name, values);
  }

  /** Queries the backlog, unless that was done within the last second. Never fails. */
  synchronized Future<Void> refresh() {
    if (asking.isComplete() && System.nanoTime() - askedAt >= FRESH_NANOS) {
      askedAt = System.nanoTime();
      asking = ask().map(this::found);
    }
    return asking;
  }

  private Future<Map<String, Object>> ask() {
    Promise<Map<String, Object>> answer = Promise.promise();
    Runnable question =
        () -> Future.succeededFuture().compose(begun -> source.get()).onComplete(answer);
    context.ifPresentOrElse(there -> there.runOnContext(due -> question.run()), question);
    return answer
        .future()
        .timeout(QUERY_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .otherwise(failure -> Map.of(UNKNOWN, String.valueOf(failure.getMessage())));
  }

  private Void found(Map<String, Object> now) {
    values = now;
    oldest.register(
        Optional.ofNullable(now.get(MetricNames.OLDEST)).stream()
            .<MultiGauge.Row<?>>map(age -> MultiGauge.Row.of(Tags.empty(), (Number) age))
            .toList(),
        true);
    items.register(rows(now), true);
    return null;
  }

  private static List<MultiGauge.Row<?>> rows(Map<String, Object> counts) {
    return counts.entrySet().stream()
        .filter(count -> !count.getKey().equals(MetricNames.OLDEST))
        .filter(count -> count.getValue() instanceof Number)
        .<MultiGauge.Row<?>>map(
            count -> MultiGauge.Row.of(Tags.of("state", count.getKey()), (Number) count.getValue()))
        .toList();
  }
}
