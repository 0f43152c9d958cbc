package org.tradepost.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapAllocationTest {
  private static final HeapAllocation BEFORE = new HeapAllocation(1_000, 300, 5, 1);

  @Test
  void reads_what_jstat_prints_of_the_serial_collector() {
    var printed =
        """
            S0C    S1C    EC         EU       YGC    FGC    CGC
          12864.0  12864.0  103296.0  7982.1    64    2     -
        """;
    assertThat(HeapAllocation.parse(printed)).contains(new HeapAllocation(103_296, 7_982.1, 64, 2));
    assertThat(HeapAllocation.parse(printed.replace("-", "7"))).isEmpty();
    assertThat(HeapAllocation.parse("")).isEmpty();
  }

  @Test
  void each_young_collection_counts_as_one_eden() {
    var after = new HeapAllocation(1_000, 100, 8, 1);
    assertThat(HeapAllocation.perRequest(Map.of("a", BEFORE), Map.of("a", after), 28))
        .containsEntry("a", 100.0);
  }

  @Test
  void leaves_out_what_cannot_be_subtracted() {
    var before = Map.of("resized", BEFORE, "full", BEFORE);
    var after =
        Map.of(
            "resized", new HeapAllocation(2_000, 0, 6, 1),
            "full", new HeapAllocation(1_000, 0, 6, 2),
            "new", BEFORE);
    assertThat(HeapAllocation.perRequest(before, after, 1)).isEmpty();
  }
}
