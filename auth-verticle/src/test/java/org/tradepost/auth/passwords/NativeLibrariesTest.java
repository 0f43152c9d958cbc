package org.tradepost.auth.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.platform.config.Settings;

/** Tests the choice of the directory for the library that hashes passwords. */
class NativeLibrariesTest {

  @TempDir Path parent;

  @Test
  void the_first_directory_that_can_be_used_is_taken() throws IOException {
    var file = Files.createFile(parent.resolve("file"));
    var usable = parent.resolve("usable");
    assertThat(NativeLibraries.choose(file, usable, parent)).isEqualTo(usable);
  }

  @Test
  void the_option_to_set_is_named_when_there_is_none() throws IOException {
    var file = Files.createFile(parent.resolve("file"));
    assertThatThrownBy(() -> NativeLibraries.choose(file, file.resolve("below")))
        .isInstanceOf(Settings.WrongSetting.class)
        .hasMessageStartingWith("-Djna.tmpdir must name a directory")
        .hasMessageContaining(file.toString());
  }
}
