package org.tradepost.launcher.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cluster.ClusterOptions;
import org.tradepost.launcher.cluster.LocalCluster;
import org.tradepost.platform.config.Settings;

class OperatorSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "TRADEPOST_ADMIN_EMAIL, nobody",
    "TRADEPOST_ADMIN_PASSWORD, short",
    "TRADEPOST_ADMIN_PASSWORD, passwordpassword",
    "TRADEPOST_ACCESS_TOKEN_SECONDS, 1",
    "TRADEPOST_RATE_LIMIT, many",
    "TRADEPOST_TRUSTED_PROXIES, localhost"
  })
  void a_wrong_one_stops_the_start_before_there_is_anything(
      String name, String value, @TempDir Path directory) {
    var options =
        new ClusterOptions(
            Services.BUILT_IN, 8080, directory.resolve("data"), directory, true, false);
    assertThatExceptionOfType(Settings.WrongSetting.class)
        .isThrownBy(
            () ->
                LocalCluster.start(
                    options,
                    Settings.of(Map.of(name, value)),
                    Terminal.to(new ByteArrayOutputStream()),
                    new Shutdown()))
        .withMessageStartingWith(name + " ");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void those_of_this_machine_will_do() {
    assertThatCode(() -> OperatorSettings.check(Settings.of(Map.of()))).doesNotThrowAnyException();
  }
}
