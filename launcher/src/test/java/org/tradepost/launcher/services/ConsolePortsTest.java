package org.tradepost.launcher.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cluster.ClusterOptions;
import org.tradepost.launcher.cluster.LocalCluster;
import org.tradepost.launcher.os.Ports;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;

class ConsolePortsTest {

  @Test
  void taken_is_reported_before_a_cluster_starts(@TempDir Path directory) throws IOException {
    var data = directory.resolve("data");
    var services = Services.BUILT_IN.withInstances(Map.of("gateway", 2));
    var api = Ports.free(2).get(0);
    var options = new ClusterOptions(services, api, data, directory, true, false);
    var console = Ports.free(2).get(0);
    try (var taken = new ServerSocket(console + 1, 1, InetAddress.getByName(Loopback.ADDRESS))) {
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(
              () ->
                  LocalCluster.start(
                      options,
                      operator(console),
                      Terminal.to(new ByteArrayOutputStream()),
                      new Shutdown()))
          .withMessageStartingWith("Port " + taken.getLocalPort() + " of ")
          .withMessageEndingWith("choose another with TRADEPOST_CONSOLE.");
    }
    assertThat(data).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"8080, 1", "8081, 2", "8079, 2"})
  void are_none_of_the_api(int console, int gateways) {
    assertThatExceptionOfType(Settings.WrongSetting.class)
        .isThrownBy(
            () -> ConsolePorts.of(operator(console)).requireFree(Loopback.ADDRESS, 8080, gateways))
        .withMessage(
            "TRADEPOST_CONSOLE must differ from --port (8080) by at least the number of gateways, "
                + gateways);
  }

  @Test
  void are_not_looked_at_unless_named() {
    assertThatCode(
            () ->
                ConsolePorts.of(Settings.of(Map.of("TRADEPOST_CONSOLE", "off")))
                    .requireFree(Loopback.ADDRESS, 8080, 3))
        .doesNotThrowAnyException();
  }

  private static Settings operator(int console) {
    return Settings.of(Map.of("TRADEPOST_CONSOLE", Integer.toString(console)));
  }
}
