package org.tradepost.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.tradepost.launcher.cli.CommandFailure;

class UpCommandTest {

  @Test
  void takes_any_management_port_when_another_server_has_the_usual_one() {
    assertThat(UpCommand.managementPort(Optional.empty(), 9090, OptionalInt.empty())).isZero();
    assertThat(UpCommand.managementPort(Optional.empty(), 8080, OptionalInt.of(9090))).isZero();
  }

  @Test
  void rejects_a_management_port_that_another_server_has() {
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> UpCommand.managementPort(Optional.of(8080), 8080, OptionalInt.empty()))
        .withMessage("--management-port must be another port than --port.");
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> UpCommand.managementPort(Optional.of(7000), 8080, OptionalInt.of(7000)))
        .withMessage("--management-port must be another port than TRADEPOST_CONSOLE.");
  }
}
