package org.tradepost.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final Allocation BEFORE = new Allocation(1_000, 300, 5, 1);

  @Test
  void reads_what_jstat_prints_of_the_serial_collector() {
    String printed =
        """
            S0C    S1C    EC         EU       YGC    FGC    CGC
          12864.0  12864.0  103296.0  7982.1    64    2     -
        """;
    assertThat(Allocation.parse(printed)).contains(new Allocation(103_296, 7_982.1, 64, 2));
    assertThat(Allocation.parse(printed.replace("-", "7"))).isEmpty();
    assertThat(Allocation.parse("")).isEmpty();
  }

  @Test
  void each_young_collection_counts_as_one_eden() {
    Allocation after = new Allocation(1_000, 100, 8, 1);
    assertThat(Allocation.perRequest(Map.of("a", BEFORE), Map.of("a", after), 28))
        .containsEntry("a", 100.0);
  }

  @Test
  void leaves_out_what_cannot_be_subtracted() {
    Map<String, Allocation> before = Map.of("resized", BEFORE, "full", BEFORE);
    Map<String, Allocation> after =
        Map.of(
            "resized", new Allocation(2_000, 0, 6, 1),
            "full", new Allocation(1_000, 0, 6, 2),
            "new", BEFORE);
    assertThat(Allocation.perRequest(before, after, 1)).isEmpty();
  }
}
