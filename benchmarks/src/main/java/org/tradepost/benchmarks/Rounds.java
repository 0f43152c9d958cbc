package org.tradepost.benchmarks;

import java.time.Duration;

/**
 * How long and how often everything is measured.
 *
 * @param count how many rounds each side has
 * @param time of one round of one side
 * @param warmUp of one side, before its first round
 * @param cold for how long what was just started is asked before anything else: its code is not
 *     compiled yet
 * @param starts how often what is started is started
 * @param orders how many there are at least when orders are listed
 */
record Rounds(int count, Duration time, Duration warmUp, Duration cold, int starts, int orders) {
  static final Rounds FULL =
      new Rounds(
          5, Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(40), 5, 1_000_000);
  static final Rounds QUICK =
      new Rounds(
          3, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(12), 1, 10_000);
}
