package org.tradepost.proof.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultScheduleTest {
  private static final List<String> MEMBERS =
      List.of("auth-1", "product-1", "product-2", "order-1", "order-2", "gateway-1");

  @Test
  void is_the_same_for_the_same_seed_and_another_for_another() {
    var length = Duration.ofMinutes(10);
    assertThat(FaultSchedule.of(7, length, MEMBERS))
        .isEqualTo(FaultSchedule.of(7, length, MEMBERS))
        .isNotEqualTo(FaultSchedule.of(8, length, MEMBERS));
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 6", "10, 30", "60, 180"})
  void has_enough_faults(long minutes, int fewest) {
    assertThat(schedules(minutes))
        .allSatisfy(faults -> assertThat(faults).hasSizeGreaterThanOrEqualTo(fewest));
  }

  @Test
  void has_every_kind_and_two_at_once_in_ten_minutes() {
    assertThat(schedules(10))
        .allSatisfy(
            faults -> {
              assertThat(faults).extracting(PlannedFault::kind).contains(FaultKind.values());
              assertThat(faults)
                  .extracting(PlannedFault::victim)
                  .contains(PlannedFault.POSTGRES)
                  .containsAll(MEMBERS);
              assertThat(faults.stream().map(PlannedFault::at).distinct().count())
                  .isLessThan(faults.size());
            });
  }

  @Test
  void freezes_who_holds_stock_for_longer_than_a_hold_lives() {
    assertThat(schedules(10))
        .allSatisfy(
            faults ->
                assertThat(faults)
                    .filteredOn(fault -> fault.kind() == FaultKind.FREEZE)
                    .filteredOn(fault -> fault.victim().matches("(order|product)-.*"))
                    .filteredOn(fault -> fault.duration().compareTo(TorturePlan.HOLD) > 0)
                    .hasSizeGreaterThan(3));
  }

  @Test
  void torments_a_victim_with_one_thing_at_a_time_and_ends_with_the_load() {
    var length = Duration.ofMinutes(10);
    for (var faults : schedules(10)) {
      var before = new ArrayList<PlannedFault>();
      for (var fault : faults) {
        assertThat(before)
            .filteredOn(earlier -> earlier.victim().equals(fault.victim()))
            .allSatisfy(earlier -> assertThat(end(earlier)).isLessThan(fault.at()));
        assertThat(end(fault)).isLessThanOrEqualTo(length);
        before.add(fault);
      }
    }
  }

  private static Duration end(PlannedFault fault) {
    return fault.at().plus(fault.duration());
  }

  private static List<List<PlannedFault>> schedules(long minutes) {
    return LongStream.range(0, 50)
        .mapToObj(seed -> FaultSchedule.of(seed, Duration.ofMinutes(minutes), MEMBERS))
        .toList();
  }
}
