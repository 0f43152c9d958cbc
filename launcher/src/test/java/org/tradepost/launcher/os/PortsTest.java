package org.tradepost.launcher.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.platform.config.Loopback;

class PortsTest {
  @Test
  void taken_is_reported_with_the_option_to_change() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName(Loopback.ADDRESS))) {
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(() -> Ports.requireFree(Loopback.ADDRESS, taken.getLocalPort(), "--port"))
          .withMessage(
              "Port "
                  + taken.getLocalPort()
                  + " of "
                  + Loopback.ADDRESS
                  + " is taken by another program; choose another with --port.");
      assertThat(Ports.orAny(Loopback.ADDRESS, taken.getLocalPort())).isZero();
    }
  }

  @Test
  void of_another_machine_are_reported() {
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> Ports.requireFree("192.0.2.1", 8080, "--port"))
        .withMessageContaining("Port 8080 of 192.0.2.1 cannot be used")
        .withMessageContaining("choose another with --host.");
  }

  @Test
  void of_ipv6_are_reported() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(() -> Ports.requireFree("::1", taken.getLocalPort(), "--port"))
          .withMessage(
              "Port "
                  + taken.getLocalPort()
                  + " of ::1 is taken by another program; choose another with --port.");
    } catch (BindException e) {
      assumeThat(e).as("an address of IPv6").isNull();
    }
  }

  @Test
  void that_are_free_differ() {
    assertThat(Ports.free(20)).doesNotHaveDuplicates().hasSize(20);
  }
}
