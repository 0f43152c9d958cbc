package org.tradepost.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalScheduleTest {
  private static final Duration TIME = Duration.ofSeconds(10);

  private final ArrivalSchedule schedule = ArrivalSchedule.poisson(1_000, TIME, 1);

  @Test
  void has_the_requested_rate() {
    assertThat((double) schedule.size()).isCloseTo(10_000, within(400.0));
  }

  @Test
  void goes_forward_and_ends_in_time() {
    assertThat(moments(schedule)).isSorted();
    assertThat(moments(schedule)[0]).isNotNegative();
    assertThat(schedule.moment(schedule.size() - 1)).isLessThan(TIME.toNanos());
  }

  @Test
  void is_as_irregular_as_clients_are_that_know_nothing_of_each_other() {
    var moments = moments(schedule);
    var mean = (double) moments[moments.length - 1] / moments.length;
    double longer =
        IntStream.range(1, moments.length).filter(i -> moments[i] - moments[i - 1] > mean).count();
    // In an exponential distribution, a share of 1/e is longer than the mean.
    assertThat(longer / moments.length).isCloseTo(1 / Math.E, within(0.03));
  }

  @Test
  void is_the_same_for_the_same_seed_and_another_for_another() {
    assertThat(moments(ArrivalSchedule.poisson(1_000, TIME, 1))).isEqualTo(moments(schedule));
    assertThat(moments(ArrivalSchedule.poisson(1_000, TIME, 2))).isNotEqualTo(moments(schedule));
  }

  private static long[] moments(ArrivalSchedule schedule) {
    return LongStream.range(0, schedule.size()).map(i -> schedule.moment((int) i)).toArray();
  }
}
