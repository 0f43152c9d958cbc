package org.tradepost.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.cli.Console;
import org.tradepost.launcher.cli.StartFailure;

class ControlSocketTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Console console = Console.to(printed);
  @TempDir Path data;
  private ControlSocket control;

  @BeforeEach
  void open() {
    control = ControlSocket.start(data, ControlSocketTest::execute);
  }

  @AfterEach
  void close() {
    control.stop();
  }

  private static void execute(List<String> words, Console console) {
    if (words.get(0).equals("fail")) {
      throw new StartFailure("It cannot be done.");
    }
    console.say("Doing " + words);
    console.say("Done.");
  }

  @Test
  void shows_what_is_done_and_succeeds() {
    assertThat(ControlSocket.send(data, "scale order 3", console)).isZero();
    assertThat(printed()).isEqualTo("Doing [scale, order, 3]\nDone.\n");
  }

  @Test
  void shows_what_cannot_be_done_and_goes_on() {
    assertThat(ControlSocket.send(data, "fail", console)).isEqualTo(1);
    assertThat(printed()).isEqualTo("It cannot be done.\n");
    assertThat(ControlSocket.send(data, "roll", console)).isZero();
  }

  @Test
  void takes_the_place_of_one_that_was_left_behind() throws IOException {
    control.stop();
    Files.createFile(data.resolve("control"));
    control = ControlSocket.start(data, ControlSocketTest::execute);
    assertThat(ControlSocket.send(data, "roll", console)).isZero();
  }

  @Test
  void says_that_no_cluster_runs() {
    control.stop();
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> ControlSocket.send(data, "roll", console))
        .withMessageStartingWith("No ./tradepost cluster runs on the data directory " + data);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
