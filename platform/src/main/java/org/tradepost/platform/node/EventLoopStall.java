package org.tradepost.platform.node;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures how long the event loops of this node were stalled just now, frozen or without CPU time.
 * What they read next may have waited that long, so its sender may have given up. This needs no
 * clock of another host.
 */
public final class EventLoopStall {

  private static final long TICK_MILLIS = 100;
  private static final long NOTICEABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** After this time, what arrived during the stall has been read. */
  private static final long AFTERMATH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private volatile long tickedAt;
  private volatile long endedAt;
  private volatile long length;

  EventLoopStall() {
    this(System::nanoTime);
  }

  EventLoopStall(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.tickedAt = nanoTime.getAsLong();
  }

  void watch(Vertx vertx) {
    vertx.setPeriodic(TICK_MILLIS, due -> tick());
  }

  void tick() {
    var now = nanoTime.getAsLong();
    if (now - tickedAt > NOTICEABLE_NANOS) {
      length = now - tickedAt;
      endedAt = now;
    }
    tickedAt = now;
  }

  /** In milliseconds; zero unless the node is stalled now or was within the last second. */
  public long millis() {
    var now = nanoTime.getAsLong();
    var gap = now - tickedAt;
    if (gap > NOTICEABLE_NANOS) {
      return TimeUnit.NANOSECONDS.toMillis(gap);
    }
    return now - endedAt < AFTERMATH_NANOS ? TimeUnit.NANOSECONDS.toMillis(length) : 0;
  }
}
