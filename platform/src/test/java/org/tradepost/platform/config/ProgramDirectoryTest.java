package org.tradepost.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which directories programs can be unpacked to and run from. */
class ProgramDirectoryTest {

  @TempDir Path parent;

  @Test
  void a_new_one_can_be_used_and_is_left_empty() {
    var directory = parent.resolve("a/b");
    assertThat(ProgramDirectory.isUsable(directory)).isTrue();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void one_below_a_file_or_of_the_kernel_cannot() throws IOException {
    var file = Files.createFile(parent.resolve("file"));
    assertThat(ProgramDirectory.isUsable(file)).isFalse();
    assertThat(ProgramDirectory.isUsable(file.resolve("below"))).isFalse();
    assertThat(ProgramDirectory.isUsable(Path.of("/proc/self"))).isFalse();
  }

  @Test
  void one_that_is_mounted_without_exec_or_read_only_cannot() throws Exception {
    for (var option : new String[] {"noexec", "ro"}) {
      var mounted = Files.createDirectory(parent.resolve(option));
      assumeThat(run("mount", "-t", "tmpfs", "-o", option, "tmpfs", mounted.toString()))
          .as("who may mount")
          .isZero();
      try {
        assertThat(ProgramDirectory.isUsable(mounted)).as(option).isFalse();
      } finally {
        run("umount", mounted.toString());
      }
    }
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException commandNotFound) {
      return -1;
    }
  }
}
