package org.tradepost.benchmarks.measure;

import java.time.Duration;
import java.util.List;

/**
 * How long and how often everything is measured.
 *
 * @param count how many rounds each side has
 * @param time of one round of one side
 * @param warmUp of one side, before its first round
 * @param cold how long a process that was just started gets requests before anything else: its code
 *     is not compiled yet
 * @param starts how often what is started is started
 * @param sizes how many orders and products there are one after the other, where that is compared;
 *     the greatest is how many orders there are when a customer's are listed
 */
public record MeasurementPlan(
    int count, Duration time, Duration warmUp, Duration cold, int starts, List<Integer> sizes) {
  public static final MeasurementPlan FULL =
      new MeasurementPlan(
          5,
          Duration.ofSeconds(5),
          Duration.ofSeconds(8),
          Duration.ofSeconds(90),
          5,
          List.of(10_000, 100_000, 1_000_000));
  public static final MeasurementPlan QUICK =
      new MeasurementPlan(
          3,
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(12),
          1,
          List.of(1_000, 10_000));

  public int mostOrders() {
    return sizes.get(sizes.size() - 1);
  }
}
