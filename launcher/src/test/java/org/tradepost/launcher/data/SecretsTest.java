package org.tradepost.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.cli.StartFailure;

class SecretsTest {
  @TempDir Path directory;

  @Test
  void stay_as_they_were_made() {
    try (DataDirectory data = DataDirectory.open(directory)) {
      Secrets made = Secrets.of(data);
      assertThat(Secrets.of(data)).isEqualTo(made);
      assertThat(
              Set.of(
                  made.superuser(),
                  made.auth(),
                  made.product(),
                  made.orders(),
                  made.audit(),
                  made.cluster()))
          .hasSize(6)
          .allMatch(secret -> secret.length() == 43);
    }
  }

  @Test
  void name_what_a_damaged_file_lacks() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory)) {
      Files.writeString(data.secrets(), "postgres.password=x\n");
      assertThatExceptionOfType(StartFailure.class)
          .isThrownBy(() -> Secrets.of(data))
          .withMessageContaining("lacks auth.password");
    }
  }

  @Test
  void get_one_for_the_audit_where_there_was_none() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory)) {
      Secrets made = Secrets.of(data);
      Files.writeString(
          data.secrets(), Files.readString(data.secrets()).replaceFirst("audit.password=.*\n", ""));
      Secrets added = Secrets.of(data);
      assertThat(added.audit()).hasSize(43).isNotEqualTo(made.audit());
      assertThat(added.cluster()).isEqualTo(made.cluster());
      assertThat(Secrets.of(data)).isEqualTo(added);
      assertThat(Secrets.auditPassword(data.secrets())).isEqualTo(added.audit());
    }
  }

  @Test
  void are_not_in_their_own_description() {
    try (DataDirectory data = DataDirectory.open(directory)) {
      Secrets made = Secrets.of(data);
      assertThat(made.toString()).doesNotContain(made.superuser());
    }
  }
}
