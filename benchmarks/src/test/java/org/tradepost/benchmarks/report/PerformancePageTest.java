package org.tradepost.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PerformancePageTest {

  @Test
  void new_results_replace_old_ones_and_leave_all_other_text() {
    var page = PerformancePage.with("# Performance\n", "old results") + "\n## What was tried\n";
    var newer = PerformancePage.with(page, "new results");
    assertThat(newer)
        .startsWith("# Performance\n")
        .contains("new results")
        .doesNotContain("old results")
        .endsWith("\n## What was tried\n");
  }
}
