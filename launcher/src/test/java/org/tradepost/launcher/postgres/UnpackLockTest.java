package org.tradepost.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackLockTest {
  @TempDir Path directory;

  @Test
  void is_to_be_done_where_nothing_is() throws Exception {
    assertThat(UnpackLock.isComplete(directory.resolve("not-there"))).isFalse();
    assertThat(UnpackLock.isComplete(directory)).isFalse();
  }

  @Test
  void removes_what_was_left_half_written() throws Exception {
    var half = Files.createDirectories(directory.resolve("PG-half/bin")).getParent();
    var whole = Files.createDirectories(directory.resolve("PG-whole"));
    Files.createFile(whole.resolve(".exists"));
    assertThat(UnpackLock.isComplete(directory)).isFalse();
    UnpackLock.acquire(directory).close();
    assertThat(half).doesNotExist();
    assertThat(whole).isDirectory();
    assertThat(UnpackLock.isComplete(directory)).isTrue();
  }
}
