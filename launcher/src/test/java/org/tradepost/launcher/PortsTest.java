package org.tradepost.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void taken_is_told_with_the_option_to_change() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatExceptionOfType(StartFailure.class)
          .isThrownBy(() -> Ports.requireFree("127.0.0.1", taken.getLocalPort(), "--port"))
          .withMessage(
              "Port %d of 127.0.0.1 is taken by another program; choose another with --port.",
              taken.getLocalPort());
      assertThat(Ports.orAny("127.0.0.1", taken.getLocalPort())).isZero();
    }
  }

  @Test
  void of_another_machine_are_told() {
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> Ports.requireFree("192.0.2.1", 8080, "--port"))
        .withMessageContaining("Port 8080 of 192.0.2.1 cannot be used");
  }

  @Test
  void that_are_free_differ() {
    assertThat(Ports.free(20)).doesNotHaveDuplicates().hasSize(20);
  }
}
