package org.tradepost.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * When to ask, fixed before the first question: at random, as many clients that know nothing of
 * each other do.
 */
public final class ArrivalSchedule {
  private final long[] moments;

  private ArrivalSchedule(long[] moments) {
    this.moments = moments;
  }

  /**
   * A Poisson process.
   *
   * @param rate questions a second, on average
   * @param seed the same seed, the same moments
   */
  public static ArrivalSchedule poisson(double rate, Duration time, long seed) {
    Random random = new Random(seed);
    long[] moments = new long[16];
    int count = 0;
    double seconds = gap(random, rate);
    while (seconds * 1e9 < time.toNanos()) {
      if (count == moments.length) {
        moments = Arrays.copyOf(moments, 2 * count);
      }
      moments[count++] = (long) (seconds * 1e9);
      seconds += gap(random, rate);
    }
    return new ArrivalSchedule(Arrays.copyOf(moments, count));
  }

  /** Exponentially distributed, so that at every moment the next question is as likely. */
  private static double gap(Random random, double rate) {
    return -Math.log(1 - random.nextDouble()) / rate;
  }

  int size() {
    return moments.length;
  }

  /** Nanoseconds from the beginning to a question. */
  long moment(int question) {
    return moments[question];
  }
}
