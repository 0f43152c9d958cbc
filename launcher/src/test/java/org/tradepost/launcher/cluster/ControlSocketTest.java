package org.tradepost.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Terminal;

class ControlSocketTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Terminal terminal = Terminal.to(printed);
  private final CompletableFuture<Void> released = new CompletableFuture<>();
  @TempDir Path data;
  private ControlSocket control;

  @BeforeEach
  void open() {
    control = ControlSocket.start(data, this::execute);
  }

  @AfterEach
  void close() {
    control.stop();
  }

  private void execute(List<String> words, Terminal terminal) {
    if (words.get(0).equals("fail")) {
      throw new CommandFailure("It cannot be done.");
    }
    if (words.get(0).equals("break")) {
      throw new IllegalStateException("it is broken");
    }
    if (words.get(0).equals("wait")) {
      released.join();
    }
    terminal.print("Doing " + words);
    terminal.print("Done.");
  }

  @Test
  void shows_what_is_done_and_succeeds() {
    assertThat(ControlSocket.send(data, "scale order 3", terminal)).isZero();
    assertThat(printed()).isEqualTo("Doing [scale, order, 3]\nDone.\n");
  }

  @Test
  void shows_what_cannot_be_done_and_goes_on() {
    assertThat(ControlSocket.send(data, "fail", terminal)).isEqualTo(1);
    assertThat(printed()).isEqualTo("It cannot be done.\n");
    assertThat(ControlSocket.send(data, "roll", terminal)).isZero();
  }

  @Test
  void shows_how_a_command_failed_unexpectedly() {
    assertThat(ControlSocket.send(data, "break", terminal)).isEqualTo(1);
    assertThat(printed())
        .isEqualTo("The command failed: java.lang.IllegalStateException: it is broken\n");
  }

  @Test
  void executes_a_command_while_another_one_takes_its_time() {
    var waiting =
        CompletableFuture.supplyAsync(
            () -> ControlSocket.send(data, "wait", Terminal.to(new ByteArrayOutputStream())));
    assertThat(ControlSocket.send(data, "status", terminal)).isZero();
    assertThat(waiting).isNotDone();
    released.complete(null);
    assertThat(waiting.join()).isZero();
  }

  @Test
  void takes_the_place_of_one_that_was_left_behind() throws IOException {
    control.stop();
    Files.createFile(data.resolve("control"));
    control = ControlSocket.start(data, this::execute);
    assertThat(ControlSocket.send(data, "roll", terminal)).isZero();
  }

  @Test
  void says_that_no_cluster_runs() {
    control.stop();
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> ControlSocket.send(data, "roll", terminal))
        .withMessageStartingWith("No ./tradepost cluster runs on the data directory " + data);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
