package org.tradepost.platform.node;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * For how long the event loops of this node were stalled just now, frozen or without a processor.
 * What it reads next may have waited that long, and its sender may have given up: no clock of
 * another host is needed to know that.
 */
public final class EventLoopStall {

  private static final long TICK_MILLIS = 100;
  private static final long NOTICEABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** By then what arrived during the stall has been read. */
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

  /** Milliseconds; zero unless the node is stalled at this moment or was within the last second. */
  public long millis() {
    var now = nanoTime.getAsLong();
    var gap = now - tickedAt;
    if (gap > NOTICEABLE_NANOS) {
      return TimeUnit.NANOSECONDS.toMillis(gap);
    }
    return now - endedAt < AFTERMATH_NANOS ? TimeUnit.NANOSECONDS.toMillis(length) : 0;
  }
}
