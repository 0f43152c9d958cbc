package org.tradepost.benchmarks.measure;

import java.time.Duration;
import java.util.List;

/**
 * How long and how often everything is measured.
 *
 * @param count the number of rounds of each side
 * @param time the duration of one round of one side
 * @param warmUp the duration of the warm-up of one side, before its first round
 * @param cold how long a process that was just started gets requests before anything else, because
 *     its code is not compiled yet
 * @param starts how many starts are measured
 * @param sizes the numbers of orders and products that are compared, in ascending order; the last
 *     is also the number of orders in the database when a customer's orders are listed
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

  public int maxOrders() {
    return sizes.get(sizes.size() - 1);
  }
}
