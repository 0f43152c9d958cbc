package org.tradepost.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * The times at which to send requests: random, as of many independent clients, and fixed before the
 * first request.
 */
public final class ArrivalSchedule {
  private final long[] moments;

  private ArrivalSchedule(long[] moments) {
    this.moments = moments;
  }

  /**
   * Returns a Poisson process.
   *
   * @param rate requests per second, on average
   * @param seed the same seed gives the same times
   */
  public static ArrivalSchedule poisson(double rate, Duration time, long seed) {
    var random = new Random(seed);
    var moments = new long[16];
    var count = 0;
    var seconds = gap(random, rate);
    while (seconds * 1e9 < time.toNanos()) {
      if (count == moments.length) {
        moments = Arrays.copyOf(moments, 2 * count);
      }
      moments[count++] = (long) (seconds * 1e9);
      seconds += gap(random, rate);
    }
    return new ArrivalSchedule(Arrays.copyOf(moments, count));
  }

  /** Exponentially distributed, so that the next request is equally likely at every moment. */
  private static double gap(Random random, double rate) {
    return -Math.log(1 - random.nextDouble()) / rate;
  }

  int size() {
    return moments.length;
  }

  /** Nanoseconds from the start to a request. */
  long moment(int request) {
    return moments[request];
  }
}
