package org.tradepost.platform.telemetry.metrics;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;

/** Measures how late the ticks of one event loop are; deployed once for each event loop. */
public final class EventLoopLag extends VerticleBase {

  private static final long TICK_MILLIS = 100;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);

  private final Timer lags;
  private long tickedAt;

  public EventLoopLag(Metrics metrics) {
    this.lags =
        Timer.builder("tradepost.event.loop.lag")
            .description("By how much a tick of an event loop was late")
            .serviceLevelObjectives(OperationMetrics.BUCKETS)
            .register(metrics.registry());
  }

  @Override
  public Future<?> start() {
    tickedAt = System.nanoTime();
    vertx.setPeriodic(TICK_MILLIS, due -> tick());
    return Future.succeededFuture();
  }

  private void tick() {
    var now = System.nanoTime();
    lags.record(Math.max(0, now - tickedAt - TICK_NANOS), TimeUnit.NANOSECONDS);
    tickedAt = now;
  }
}
