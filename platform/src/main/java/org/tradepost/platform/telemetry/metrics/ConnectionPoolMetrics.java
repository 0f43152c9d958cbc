package org.tradepost.platform.telemetry.metrics;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures the connection pools of databases, as Vert.x reports them. Vert.x can report more, but
 * the rest is measured closer to its purpose.
 */
public final class ConnectionPoolMetrics implements VertxMetricsFactory, VertxMetrics {

  private static final String SQL_POOL = "sql";

  private final Metrics metrics;

  public ConnectionPoolMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public VertxMetrics metrics(VertxOptions options) {
    return this;
  }

  @Override
  public PoolMetrics<?, ?> createPoolMetrics(String type, String name, int maxSize) {
    return type.equals(SQL_POOL) ? new ConnectionPool(metrics, name, maxSize) : null;
  }

  private static final class ConnectionPool implements PoolMetrics<Long, Object> {

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger used = new AtomicInteger();
    private final Timer waits;

    ConnectionPool(Metrics metrics, String name, int maxSize) {
      var labels = Tags.of("pool", name);
      metrics.gauge(
          "tradepost.pool.connections.used",
          "Connections that are in use; several statements share one where the pool pipelines",
          labels,
          used::get);
      metrics.gauge(
          "tradepost.pool.connections.limit",
          "Connections that may be open",
          labels,
          () -> maxSize);
      metrics.gauge(
          "tradepost.pool.waiting", "Requests that wait for a connection", labels, waiting::get);
      waits =
          Timer.builder("tradepost.pool.wait")
              .description("How long it took to get a connection")
              .tags(labels)
              .serviceLevelObjectives(OperationMetrics.BUCKETS)
              .register(metrics.registry());
    }

    @Override
    public Long enqueue() {
      waiting.incrementAndGet();
      return System.nanoTime();
    }

    @Override
    public void dequeue(Long since) {
      waiting.decrementAndGet();
      waits.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
    }

    @Override
    public Object begin() {
      used.incrementAndGet();
      return this;
    }

    @Override
    public void end(Object begun) {
      used.decrementAndGet();
    }
  }
}
