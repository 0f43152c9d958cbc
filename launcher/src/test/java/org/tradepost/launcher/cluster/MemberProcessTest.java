package org.tradepost.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.services.Services;

class MemberProcessTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @TempDir Path directory;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void is_not_killed_when_the_command_that_waits_for_its_end_is_interrupted() {
    var member = unconfigured();
    member.freeze();
    try {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(() -> member.awaitEnd(TIMEOUT))
          .withMessage("The cluster is stopping.");
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      member.resume();
    }
    member.awaitEnd(TIMEOUT);
    // The status of a member without settings, not of one that was killed.
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains(" exited with status 1 ");
  }

  @Test
  void is_not_waited_for_by_those_that_are_to_see_it_once_it_has_ended() {
    var member = unconfigured();
    member.awaitEnd(TIMEOUT);
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> member.awaitDiscovery("gateway-1", () -> fail("is asked no more")))
        .withMessageStartingWith("order-1 exited during the start");
  }

  /** A member that exits at once, because it has no settings. */
  private MemberProcess unconfigured() {
    var plan =
        new MemberPlan(
            Services.BUILT_IN.get("order"),
            "order-1",
            1,
            directory.resolve("order-1.log"),
            Map.of());
    return MemberProcess.start(plan, Terminal.to(printed));
  }

  @Test
  void prints_the_output_of_a_member_after_its_name_and_that_it_ended() {
    var member = unconfigured();
    member.awaitEnd(TIMEOUT);
    assertThat(member.isAlive()).isFalse();
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .allMatch(line -> line.startsWith("order-1    | "))
        .anyMatch(line -> line.contains("TRADEPOST_CLUSTER_SECRET is not set"))
        .anyMatch(line -> line.contains("process " + member.pid() + " exited with status 1"));
    assertThat(directory.resolve("order-1.log"))
        .content()
        .contains("TRADEPOST_CLUSTER_SECRET is not set");
  }
}
