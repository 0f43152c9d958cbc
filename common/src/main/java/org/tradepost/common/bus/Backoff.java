package org.tradepost.common.bus;

import java.util.concurrent.ThreadLocalRandom;

/** Exponential backoff with jitter: each pause is about twice as long as the one before. */
public final class Backoff {

  private final long firstMillis;
  private final long maxMillis;
  private long pauseMillis;

  /**
   * @param firstMillis the approximate first pause
   * @param maxMillis the approximate longest pause
   */
  public Backoff(long firstMillis, long maxMillis) {
    this.firstMillis = firstMillis;
    this.maxMillis = maxMillis;
    this.pauseMillis = firstMillis;
  }

  /** Returns the next pause in milliseconds. */
  public long next() {
    var pause = pauseMillis;
    pauseMillis = Math.min(maxMillis, 2 * pauseMillis);
    return jitter(pause);
  }

  /** Goes back to the first pause, since an attempt succeeded. */
  public void reset() {
    pauseMillis = firstMillis;
  }

  /** Whether the last attempt failed. */
  public boolean isBackingOff() {
    return pauseMillis > firstMillis;
  }

  /** Returns 50% to 150% of a time, so that instances do not act all at once. */
  public static long jitter(long millis) {
    return millis / 2 + ThreadLocalRandom.current().nextLong(millis + 1);
  }
}
