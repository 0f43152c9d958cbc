package org.tradepost.common.bus;

import java.util.concurrent.TimeUnit;

/**
 * The moment at which the caller stops waiting. It is valid only in this JVM and uses a clock that
 * never steps; another JVM is told the remaining time instead.
 *
 * @param nanoTime the moment, by {@link System#nanoTime}
 */
public record Deadline(long nanoTime) {

  /** Returns the moment that many milliseconds from now. */
  public static Deadline in(long millis) {
    return new Deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Returns the remaining milliseconds, zero or less if the moment has passed. */
  public long remaining() {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime());
  }

  public boolean isPast() {
    return nanoTime - System.nanoTime() <= 0;
  }
}
