package org.tradepost.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log files at a path that Logback would treat as a pattern. */
class LogRollingTest {
  @TempDir Path directory;

  @Test
  void three_older_files_are_kept() throws IOException {
    var log = Files.createDirectory(directory.resolve("100% {b} (%d)")).resolve("tradepost.log");
    System.setProperty(LogRolling.FILE, log.toString());
    try {
      var rolling = new LogRolling();
      for (var number = 1; number <= 5; number++) {
        Files.writeString(log, "file " + number);
        rolling.rollover();
      }
      assertThat(log).doesNotExist();
      assertThat(log.resolveSibling("tradepost.log.1")).hasContent("file 5");
      assertThat(log.resolveSibling("tradepost.log.3")).hasContent("file 3");
      assertThat(log.getParent()).isDirectoryNotContaining("glob:**.4");
    } finally {
      System.clearProperty(LogRolling.FILE);
    }
  }
}
