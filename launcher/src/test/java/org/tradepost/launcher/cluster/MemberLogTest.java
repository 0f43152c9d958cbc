package org.tradepost.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.cli.RotatedLog;

/** The file with the output of a member. */
class MemberLogTest {
  @TempDir Path directory;
  private final List<String> faults = new ArrayList<>();

  @Test
  void goes_on_where_the_member_before_has_ended() throws IOException {
    var file = directory.resolve("logs/order-1.log");
    write(file, "one", "two");
    write(file, "three");
    assertThat(Files.readAllLines(file)).containsExactly("one", "two", "three");
  }

  @Test
  void begins_a_new_file_before_one_is_too_large_and_keeps_three_older_ones() throws IOException {
    var file = directory.resolve("order-1.log");
    var line = "x".repeat((int) (RotatedLog.MAX_BYTES / 2 - 1));
    write(file, line, line, line, line, line, line, line, line, line, "last");
    assertThat(file).hasContent(line + "\nlast");
    assertThat(new RotatedLog(file).files())
        .hasSize(4)
        .allSatisfy(each -> assertThat(Files.size(each)).isLessThanOrEqualTo(RotatedLog.MAX_BYTES));
    assertThat(directory).isDirectoryNotContaining("glob:**.4");
    assertThat(faults).isEmpty();
  }

  @Test
  void reports_once_that_it_cannot_be_written_and_goes_on() throws IOException {
    var file = Files.createDirectory(directory.resolve("order-1.log"));
    write(file, "one", "two", "three");
    assertThat(faults).singleElement().asString().startsWith("(its log cannot be written any more");
  }

  private void write(Path file, String... lines) {
    try (var log = new MemberLog(file, faults::add)) {
      for (var line : lines) {
        log.write(line);
      }
    }
  }
}
