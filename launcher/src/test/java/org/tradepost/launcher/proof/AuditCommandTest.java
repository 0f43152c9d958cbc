package org.tradepost.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.Main;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.platform.config.Settings;

class AuditCommandTest {
  @TempDir Path directory;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void says_that_nothing_runs_on_the_directory() throws IOException {
    assertThat(command()).isEqualTo(2);
    assertThat(printed()).isEqualTo("No Tradepost is running on " + directory.toRealPath() + ".");
    assertThat(command("--json")).isEqualTo(2);
    assertThat(printed()).contains("\"couldNotLook\" : \"No Tradepost is running");
  }

  @Test
  void looks_into_the_databases_that_the_operator_names() {
    var settings =
        Settings.of(
            Map.of(
                "TRADEPOST_ORDER_DATABASE_URL", "postgresql://db1/orders?sslmode=require",
                "TRADEPOST_ORDER_DATABASE_USER", "reader",
                "TRADEPOST_ORDER_DATABASE_PASSWORD", "secret",
                "TRADEPOST_PRODUCT_DATABASE_URL", "postgresql://db2/product",
                "TRADEPOST_PRODUCT_DATABASE_USER", "reader",
                "TRADEPOST_PRODUCT_DATABASE_PASSWORD", "secret"));
    var found = AuditedDatabases.of(settings, directory);
    assertThat(found.orders().url())
        .startsWith("postgresql://db1:5432/orders?")
        .contains("sslmode=require");
    assertThat(found.product().url())
        .startsWith("postgresql://db2:5432/product?")
        .contains("sslmode=disable");
  }

  @Test
  void names_what_is_wrong_with_an_address() {
    var settings =
        Settings.of(
            Map.of("TRADEPOST_ORDER_DATABASE_URL", "postgresql://db1/orders?sslmod=require"));
    assertThatExceptionOfType(Settings.WrongSetting.class)
        .isThrownBy(() -> AuditedDatabases.of(settings, directory))
        .withMessage("TRADEPOST_ORDER_DATABASE_URL has an unknown parameter: sslmod");
  }

  @Test
  void names_the_setting_that_is_missing() {
    var settings = Settings.of(Map.of("TRADEPOST_ORDER_DATABASE_URL", "postgresql://db1/orders"));
    assertThatExceptionOfType(Settings.WrongSetting.class)
        .isThrownBy(() -> AuditedDatabases.of(settings, directory))
        .withMessage("TRADEPOST_ORDER_DATABASE_USER is not set");
  }

  private int command(String... options) {
    printed.reset();
    return Main.commandLine(Terminal.to(printed))
        .execute(
            Stream.concat(Stream.of("audit", "--data", directory.toString()), Stream.of(options))
                .toArray(String[]::new));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8).strip();
  }
}
