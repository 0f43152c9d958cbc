package org.tradepost.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * When to send requests, fixed before the first one: at random moments, like many independent
 * clients.
 */
public final class ArrivalSchedule {
  private final long[] moments;

  private ArrivalSchedule(long[] moments) {
    this.moments = moments;
  }

  /**
   * A Poisson process.
   *
   * @param rate requests a second, on average
   * @param seed the same seed, the same moments
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

  /** Exponentially distributed, so that at every moment the next request is as likely. */
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
