package org.tradepost.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.cli.Console;
import org.tradepost.launcher.services.Services;

class MemberProcessTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @TempDir Path directory;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void prints_the_output_of_a_member_after_its_name_and_that_it_ended() {
    var unconfigured =
        new MemberPlan(
            Services.BUILT_IN.get("order"),
            "order-1",
            1,
            directory.resolve("order-1.log"),
            Map.of());
    var member = MemberProcess.start(unconfigured, Console.to(printed));
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
