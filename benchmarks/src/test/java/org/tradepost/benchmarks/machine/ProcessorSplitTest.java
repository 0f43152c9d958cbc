package org.tradepost.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorSplitTest {

  @Test
  void a_list_has_numbers_and_ranges() {
    assertThat(ProcessorSplit.numbers("0")).containsExactly(0);
    assertThat(ProcessorSplit.numbers("0-2,8,10-11")).containsExactly(0, 1, 2, 8, 10, 11);
  }
}
