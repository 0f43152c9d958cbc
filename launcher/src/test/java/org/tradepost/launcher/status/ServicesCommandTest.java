package org.tradepost.launcher.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.Main;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.data.DataDirectory;
import org.tradepost.launcher.data.ManagementFile;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.platform.config.Loopback;

class ServicesCommandTest {
  @TempDir Path directory;

  /** Connecting to a frozen node succeeds, but the node never reads. */
  @Test
  @Timeout(60)
  void does_not_wait_long_for_a_frozen_node() throws IOException {
    var gateway = HttpServer.create(new InetSocketAddress(Loopback.ADDRESS, 0), 0);
    gateway.createContext(
        "/services/gone",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    gateway.start();
    try (var frozen = new ServerSocket(0, 5, InetAddress.getByName(Loopback.ADDRESS));
        var data = DataDirectory.open(directory)) {
      Secrets.of(data);
      ManagementFile.of(directory)
          .write(
              List.of(
                  Loopback.url(frozen.getLocalPort()),
                  Loopback.url(gateway.getAddress().getPort())));
      var printed = new ByteArrayOutputStream();
      var status =
          Main.commandLine(Terminal.to(printed))
              .execute("services", "forget", "gone", "--data", directory.toString());
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .isEqualToIgnoringNewLines("The service gone is forgotten.");
      assertThat(status).isZero();
    } finally {
      gateway.stop(0);
    }
  }
}
