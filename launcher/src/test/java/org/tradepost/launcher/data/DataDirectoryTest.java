package org.tradepost.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.launcher.cli.CommandFailure;

class DataDirectoryTest {
  @TempDir Path parent;

  @Test
  void is_made_when_it_is_not_there() {
    try (var data = DataDirectory.open(parent.resolve("a/b"))) {
      assertThat(data.path()).isDirectory();
    }
  }

  @Test
  void is_used_by_one_at_a_time() {
    try (var data = DataDirectory.open(parent)) {
      assertThat(data.path()).isDirectory();
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(() -> DataDirectory.open(parent))
          .withMessageContaining("is in use by another Tradepost (process ");
    }
    DataDirectory.open(parent).close();
  }

  @Test
  void of_another_postgresql_major_is_rejected() throws Exception {
    try (var data = DataDirectory.open(parent)) {
      Secrets.of(data);
      Files.createDirectory(data.postgres());
      Files.writeString(data.postgres().resolve("PG_VERSION"), "17\n");
    }
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> DataDirectory.open(parent))
        .withMessageContaining("was written by PostgreSQL 17 and this is PostgreSQL 18");
  }

  @Test
  void below_a_file_is_rejected() throws Exception {
    var file = Files.createFile(parent.resolve("file"));
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .withMessageContaining("cannot be used: Not a directory");
  }

  @Test
  void that_is_a_file_is_rejected() throws Exception {
    var file = Files.createFile(parent.resolve("file"));
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> DataDirectory.open(file))
        .withMessageContaining("is a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$HOME", "$(touch x)", "`touch x`", "a\"b", "a\\b", "a\nb", "a\tb"})
  void with_what_a_shell_would_read_is_rejected(String name) {
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> DataDirectory.open(parent.resolve(name)))
        .withMessageContaining("since PostgreSQL passes it to a shell; name another with --data.");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void by_a_link_to_what_a_shell_would_read_is_rejected() throws Exception {
    var link = parent.resolve("link");
    Files.createSymbolicLink(link, Files.createDirectory(parent.resolve("$x")));
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> DataDirectory.open(link))
        .withMessageContaining("passes it to a shell");
  }

  @Test
  void of_another_user_is_rejected() throws Exception {
    assumeThat(System.getProperty("user.name")).as("who may give files away").isEqualTo("root");
    Files.setAttribute(parent, "unix:uid", 65_534);
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> DataDirectory.open(parent))
        .withMessageContaining("belongs to the user ")
        .withMessageContaining("name another with --data");
  }

  @Test
  void of_a_first_start_that_was_killed_while_it_wrote_the_secrets_is_used() throws Exception {
    var unfinished = Files.createFile(parent.resolve("secrets.properties.new"));
    try (var data = DataDirectory.open(parent)) {
      assertThat(Secrets.of(data).superuser()).isNotEmpty();
    }
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void of_somebody_else_is_left_alone() throws Exception {
    Files.createFile(parent.resolve("thesis.tex"));
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> DataDirectory.open(parent))
        .withMessageContaining("files that are not Tradepost's");
    assertThat(parent.resolve("lock")).doesNotExist();
  }
}
