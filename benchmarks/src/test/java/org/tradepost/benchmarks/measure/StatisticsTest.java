package org.tradepost.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void the_median_is_the_one_in_the_middle_whatever_the_order() {
    assertThat(Statistics.median(9, 1, 5)).isEqualTo(5);
    assertThat(Statistics.median(4, 1, 2, 100)).isEqualTo(3);
  }

  @Test
  void one_outlier_does_not_move_the_median() {
    assertThat(Statistics.median(10, 11, 12, 13, 1_000)).isEqualTo(12);
  }

  @Test
  void the_spread_is_a_share_of_the_median() {
    assertThat(Statistics.spread(90, 100, 120)).isEqualTo(0.3);
    assertThat(Statistics.spread(7)).isZero();
  }

  @Test
  void a_goal_of_at_least_and_one_of_at_most_are_met_from_their_own_sides() {
    assertThat(Goal.atLeast(2).verdict(2)).isEqualTo("yes");
    assertThat(Goal.atLeast(2).verdict(1.99)).isEqualTo("no");
    assertThat(Goal.atMost(3).verdict(2.5)).isEqualTo("yes");
    assertThat(Goal.atMost(3).verdict(3.01)).isEqualTo("no");
    assertThat(Goal.NONE.verdict(3)).isEqualTo("-");
  }
}
