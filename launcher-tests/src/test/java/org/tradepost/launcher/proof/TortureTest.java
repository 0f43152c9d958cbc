package org.tradepost.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cluster.ClusterOptions;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.launcher.services.Services;
import org.tradepost.proof.torture.TorturePlan;

@Tag("system")
class TortureTest {
  /** Kills or freezes both order and both product instances, and crashes PostgreSQL. */
  private static final long SEED = 5627;

  private static final int CLIENTS = 2;

  @Test
  void a_short_torture_loses_nothing() throws Exception {
    var printed = new ByteArrayOutputStream();
    var plan = new TorturePlan(SEED, Duration.ofSeconds(20), CLIENTS, Secrets.random());
    var directory = Files.createTempDirectory(Path.of("target"), "torture-").toRealPath();
    var options =
        new ClusterOptions(
            Services.BUILT_IN, Ports.free(1).get(0), directory, TestServer.BINARIES, true, false);
    var status = new TortureRun(plan, options, Terminal.to(printed), new Shutdown()).run();
    assertThat(status).as(printed.toString(StandardCharsets.UTF_8)).isZero();
  }
}
