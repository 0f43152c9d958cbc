package org.tradepost.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoCommandTest {
  @Test
  void says_how_many_expectations_were_not_met() {
    assertThat(DemoCommand.unmet(1)).isEqualTo("1 expectation was not met.");
    assertThat(DemoCommand.unmet(2)).isEqualTo("2 expectations were not met.");
  }
}
