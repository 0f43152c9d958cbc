package org.tradepost.common.bus;

import java.util.concurrent.TimeUnit;

/**
 * The moment at which the caller stops waiting. It holds in this JVM alone and goes by a clock that
 * never steps: what travels to another is the time that is left.
 *
 * @param nanoTime the moment, by {@link System#nanoTime}
 */
public record Deadline(long nanoTime) {

  /** The moment so many milliseconds from now. */
  public static Deadline in(long millis) {
    return new Deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Milliseconds until then, zero or less when it has passed. */
  public long remaining() {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime());
  }

  public boolean isPast() {
    return nanoTime - System.nanoTime() <= 0;
  }
}
