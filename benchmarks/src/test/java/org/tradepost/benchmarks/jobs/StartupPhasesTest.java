package org.tradepost.benchmarks.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartupPhasesTest {

  @Test
  void gives_the_median_of_each_part_of_several_starts() {
    var phases = new StartupPhases();
    phases.addUp(
        3.5,
        "Tradepost is up.\n\n"
            + "  started in     3.10 s: JVM 0.40, PostgreSQL 0.90 beside cluster 1.20, first answer"
            + " 0.10\n",
        "INFO  WarmUp order warmed up in 300 ms\nINFO  WarmUp order warmed up in 500 ms\n");
    phases.addUp(
        3.7,
        "  started in     3.10 s: JVM 0.60, PostgreSQL 0.90 beside cluster 1.40, first answer"
            + " 0.30\n",
        "INFO  WarmUp order warmed up in 700 ms\n");
    assertThat(phases.text())
        .isEqualTo(
            "script 0.50, JVM 0.50, PostgreSQL 0.90, cluster 1.30, first answer 0.20, order warmed"
                + " up 0.60");
  }

  @Test
  void gives_the_member_that_was_started_last() {
    var phases = new StartupPhases();
    phases.addMember(
        """
        order-1  | INFO ServiceMain order joined the cluster 900 ms after its JVM began
        order-1  | INFO ServiceMain order is ready 1900 ms after its JVM began; health at port 1
        order-2  | INFO ServiceMain order joined the cluster 800 ms after its JVM began
        order-2  | INFO ServiceMain order is ready 1800 ms after its JVM began; health at port 2
        """);
    assertThat(phases.text()).isEqualTo("joined the cluster 0.80, is ready 1.80");
  }
}
