package org.tradepost.common.bus;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many second attempts a service may get from a node, so that retries never multiply the load
 * of a service that is in trouble: a tenth of the calls of the last ten seconds, and a few where
 * there were hardly any. The window slides by the second, as that of Finagle's retry budget does.
 *
 * <p>Belongs to one service; safe for several event loops.
 */
public final class RetryBudget {

  private static final int SECONDS = 10;
  private static final int CALLS_FOR_A_RETRY = 10;

  /** In a window: enough for the calls that are with an instance when it dies, after a pause. */
  private static final int LEAST = 100;

  private final LongSupplier nanoTime;
  private final int[] calls = new int[SECONDS];
  private final int[] retries = new int[SECONDS];
  private long second;

  RetryBudget() {
    this(System::nanoTime);
  }

  RetryBudget(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.second = second();
  }

  /** Counts a call that may be retried. */
  public synchronized void called() {
    calls[now()]++;
  }

  /** Whether there may be another attempt; it is taken off. */
  public synchronized boolean take() {
    var now = now();
    if (sum(retries) >= Math.max(LEAST, sum(calls) / CALLS_FOR_A_RETRY)) {
      return false;
    }
    retries[now]++;
    return true;
  }

  /** The index of the present second; the counters of the seconds since the last call are reset. */
  private int now() {
    var present = second();
    for (var i = Math.max(second + 1, present - SECONDS + 1); i <= present; i++) {
      calls[place(i)] = 0;
      retries[place(i)] = 0;
    }
    second = Math.max(second, present);
    return place(second);
  }

  private long second() {
    return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
  }

  private static int place(long second) {
    return Math.floorMod(second, SECONDS);
  }

  private static int sum(int[] counts) {
    var sum = 0;
    for (var count : counts) {
      sum += count;
    }
    return sum;
  }
}
