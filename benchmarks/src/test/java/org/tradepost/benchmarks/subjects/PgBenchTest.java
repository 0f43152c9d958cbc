package org.tradepost.benchmarks.subjects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgBenchTest {
  @TempDir private Path directory;

  @Test
  void reads_the_logs_alone_whatever_the_name_of_their_directory() throws IOException {
    var logs = Files.createDirectory(directory.resolve("logs"));
    Files.writeString(logs.resolve("script-0.sql"), "select 1;\n");
    Files.writeString(logs.resolve("log.7"), "0 1 250 0 1764000000 0\n");
    Files.writeString(logs.resolve("log.7.1"), "1 1 350 0 1764000000 0\n");
    assertThat(PgBench.latencies(logs).getTotalCount()).isEqualTo(2);
  }
}
