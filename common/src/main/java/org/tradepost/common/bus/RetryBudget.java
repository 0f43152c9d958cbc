package org.tradepost.common.bus;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many retries a node may send to one service, so that retries never multiply the load of a
 * service in trouble: a tenth of the calls of the last ten seconds, but at least 100. The window
 * slides by the second, as in Finagle's retry budget.
 *
 * <p>Each service has its own budget, which several event loops may use.
 */
public final class RetryBudget {

  private static final int SECONDS = 10;
  private static final int CALLS_PER_RETRY = 10;

  /** Enough to repeat the calls in flight to an instance that dies after a quiet period. */
  private static final int MIN_RETRIES = 100;

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
  public synchronized void countCall() {
    calls[now()]++;
  }

  /** Takes a retry from the budget; returns whether there was one. */
  public synchronized boolean take() {
    var now = now();
    if (sum(retries) >= Math.max(MIN_RETRIES, sum(calls) / CALLS_PER_RETRY)) {
      return false;
    }
    retries[now]++;
    return true;
  }

  /** The index of the current second; resets the counters of the seconds since the last call. */
  private int now() {
    var current = second();
    for (var i = Math.max(second + 1, current - SECONDS + 1); i <= current; i++) {
      calls[slot(i)] = 0;
      retries[slot(i)] = 0;
    }
    second = Math.max(second, current);
    return slot(second);
  }

  private long second() {
    return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
  }

  private static int slot(long second) {
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
