package org.tradepost.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.cli.CommandFailure;

class SecretsTest {
  @TempDir Path directory;

  @Test
  void stay_as_they_were_made() {
    try (var data = DataDirectory.open(directory)) {
      var made = Secrets.of(data);
      var secrets = all(made);
      assertThat(secrets).hasSize(4).allMatch(secret -> secret.length() == 43);
      assertThat(all(Secrets.of(data))).isEqualTo(secrets);
    }
  }

  @Test
  void name_what_a_damaged_file_lacks() throws Exception {
    try (var data = DataDirectory.open(directory)) {
      Files.writeString(data.secrets(), "orders.password=x\n");
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(() -> Secrets.of(data))
          .withMessageContaining("lacks postgres.password");
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(() -> Secrets.password(directory, "audit"))
          .withMessageContaining("lacks audit.password");
    }
  }

  @Test
  void get_one_for_a_role_that_had_none() throws Exception {
    try (var data = DataDirectory.open(directory)) {
      var secrets = Secrets.of(data);
      var cluster = secrets.cluster();
      var before = secrets.password("audit");
      Files.writeString(
          data.secrets(), Files.readString(data.secrets()).replaceFirst("audit.password=.*\n", ""));
      var added = Secrets.of(data).password("audit");
      assertThat(added).hasSize(43).isNotEqualTo(before);
      assertThat(Secrets.of(data).cluster()).isEqualTo(cluster);
      assertThat(Secrets.of(data).password("audit")).isEqualTo(added);
      assertThat(Secrets.password(directory, "audit")).isEqualTo(added);
    }
  }

  private static Set<String> all(Secrets secrets) {
    return Set.of(
        secrets.superuser(),
        secrets.password("auth"),
        secrets.password("orders"),
        secrets.cluster());
  }

  @Test
  void are_not_in_their_own_description() {
    try (var data = DataDirectory.open(directory)) {
      var made = Secrets.of(data);
      assertThat(made.toString()).doesNotContain(made.superuser());
    }
  }
}
