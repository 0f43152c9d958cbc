package org.tradepost.common.bus;

import java.util.concurrent.ThreadLocalRandom;

/** The pauses between attempts that fail: each is about twice as long as the one before. */
public final class Backoff {

  private final long firstMillis;
  private final long longestMillis;
  private long pauseMillis;

  /**
   * @param firstMillis the first pause, about
   * @param longestMillis the longest pause, about
   */
  public Backoff(long firstMillis, long longestMillis) {
    this.firstMillis = firstMillis;
    this.longestMillis = longestMillis;
    this.pauseMillis = firstMillis;
  }

  /** The next pause in milliseconds. */
  public long next() {
    var pause = pauseMillis;
    pauseMillis = Math.min(longestMillis, 2 * pauseMillis);
    return jitter(pause);
  }

  /** An attempt succeeded: the next pause is the first one again. */
  public void reset() {
    pauseMillis = firstMillis;
  }

  /** Whether the last attempt failed. */
  public boolean isBackingOff() {
    return pauseMillis > firstMillis;
  }

  /** Between half and one and a half of a time, so that instances do not act at once. */
  public static long jitter(long millis) {
    return millis / 2 + ThreadLocalRandom.current().nextLong(millis);
  }
}
