package org.tradepost.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PerformancePageTest {

  @Test
  void new_figures_take_the_place_of_old_ones_and_leave_all_other_words() {
    String page = PerformancePage.with("# Performance\n", "old figures") + "\n## What was tried\n";
    String newer = PerformancePage.with(page, "new figures");
    assertThat(newer)
        .startsWith("# Performance\n")
        .contains("new figures")
        .doesNotContain("old figures")
        .endsWith("\n## What was tried\n");
  }
}
