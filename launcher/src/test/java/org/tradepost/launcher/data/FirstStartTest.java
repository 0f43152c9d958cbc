package org.tradepost.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.platform.config.Settings;

class FirstStartTest {
  private static final Settings NOTHING_SET = Settings.of(Map.of());
  private static final Settings PASSWORD_SET =
      Settings.of(Map.of("TRADEPOST_ADMIN_PASSWORD", "set by the operator"));

  @TempDir Path directory;
  private DataDirectory data;

  @BeforeEach
  void open() {
    data = DataDirectory.open(directory);
  }

  @AfterEach
  void close() {
    data.close();
  }

  @Test
  void makes_up_a_password_if_none_is_set() {
    var administrator = FirstStart.of(data, NOTHING_SET).pendingAdministrator().orElseThrow();
    assertThat(administrator.email()).isEqualTo("admin@tradepost.example");
    assertThat(administrator.password()).hasSizeBetween(15, 128);
    assertThat(administrator.generated()).isTrue();
  }

  @Test
  void takes_the_password_that_is_set() {
    var administrator = FirstStart.of(data, PASSWORD_SET).pendingAdministrator().orElseThrow();
    assertThat(administrator.password()).isEqualTo("set by the operator");
    assertThat(administrator.generated()).isFalse();
  }

  @Test
  void remembers_the_password_until_it_is_done() throws Exception {
    var made = FirstStart.of(data, NOTHING_SET).pendingAdministrator().orElseThrow();
    var again = FirstStart.of(data, NOTHING_SET);
    assertThat(again.pendingAdministrator()).contains(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.firstStart())))
        .isEqualTo("rw-------");
    again.done();
    assertThat(FirstStart.of(data, NOTHING_SET).pendingAdministrator()).isEmpty();
    assertThat(data.firstStart()).content().doesNotContain(made.password());
  }

  @Test
  void writes_no_password_down_that_the_operator_set() {
    assertThat(FirstStart.of(data, PASSWORD_SET).pendingAdministrator()).isPresent();
    assertThat(data.firstStart()).doesNotExist();
  }

  @Test
  void goes_on_with_the_made_up_password_that_the_account_may_have() {
    var made = FirstStart.of(data, NOTHING_SET).pendingAdministrator().orElseThrow();
    assertThat(FirstStart.of(data, PASSWORD_SET).pendingAdministrator()).contains(made);
  }
}
