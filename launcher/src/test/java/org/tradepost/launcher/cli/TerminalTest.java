package org.tradepost.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void indents_every_line() {
    var printed = new ByteArrayOutputStream();
    Terminal.to(printed).printIndented(2, "one\ntwo ✓");
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("  one", "  two ✓");
  }
}
