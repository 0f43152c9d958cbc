package org.tradepost.benchmarks.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/performance-log.md",
        "launcher/src/main/java/org/tradepost/launcher/BenchCommand.java"
      })
  void every_job_is_named_in_order(String file) throws IOException {
    var words = Files.readString(Path.of("..", file)).replaceAll("[\\s\",+]+", " ");
    assertThat(words).contains(String.join(" ", Jobs.all().keySet()));
  }
}
