package org.tradepost.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.Main;
import org.tradepost.launcher.os.Ports;

/** Commands that are asked to stop while their PostgreSQL starts. */
@Tag("system")
class InterruptedStartTest {
  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void shareTheServersPrograms() throws IOException {
    directory = Files.createDirectory(temporary.toRealPath().resolve("of-command"));
    Files.createDirectories(TestServer.BINARIES);
    Files.createSymbolicLink(directory.resolve("server"), TestServer.BINARIES);
  }

  @Test
  void a_cluster_leaves_no_server_behind() throws Exception {
    var port = Ports.free(1).get(0).toString();
    interrupt("cluster", "--data", directory.resolve("data").toString(), "--port", port);
  }

  @Test
  void a_torture_leaves_neither_server_nor_directory_behind() throws Exception {
    interrupt("torture", "--minutes", "1");
    assertThat(directory).isDirectoryNotContaining("glob:**/tradepost-torture-*");
  }

  @Test
  void a_training_run_leaves_neither_server_nor_directory_behind() throws Exception {
    interrupt("training-run");
    assertThat(directory).isDirectoryNotContaining("glob:**/training-*");
  }

  /** Starts a command, and asks it to stop as soon as its server runs. */
  private void interrupt(String... arguments) throws Exception {
    var jvm = launch(arguments);
    try {
      var server =
          await()
              .pollInterval(Duration.ofMillis(10))
              .atMost(Duration.ofSeconds(60))
              .ignoreExceptions()
              .until(this::server, Optional::isPresent)
              .orElseThrow();
      jvm.destroy();
      assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).as("the command has ended").isTrue();
      var left = server.process().isAlive();
      server.process().destroyForcibly();
      assertThat(left).as("its server is left").isFalse();
    } finally {
      jvm.destroyForcibly();
    }
  }

  private Process launch(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-Dtradepost.postgres=" + directory.resolve("server"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(temporary.resolve("output").toFile())
        .start();
  }

  /** The server of the command; other processes also write such a file while they initialize it. */
  private Optional<Postmaster> server() throws IOException {
    try (var files = Files.walk(directory, 4)) {
      for (var file : files.filter(found -> found.endsWith("postmaster.pid")).toList()) {
        var server = Postmaster.serving(file.getParent());
        if (server.isPresent()) {
          return server;
        }
      }
      return Optional.empty();
    }
  }
}
