package org.tradepost.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.os.Ports;
import org.tradepost.platform.config.Loopback;
import picocli.CommandLine;

class MainTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final StringWriter usage = new StringWriter();
  private final CommandLine line =
      Main.commandLine(Terminal.to(printed)).setErr(new PrintWriter(usage));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fly",
        "demo --speed 9",
        "demo over-here",
        "cluster --order 0",
        "audit --wait -1",
        "torture --minutes 0",
        "torture --clients 0",
        "roll now",
        "scale",
        "scale order=0",
        "certificates --host order:5701",
        "up --with nowhere.jar",
        "cluster --with nowhere.jar=2"
      })
  void answers_misuse_with_usage_and_status_2(String arguments) {
    assertThat(line.execute(arguments.split(" "))).isEqualTo(2);
    assertThat(usage.toString()).contains("Usage: tradepost");
  }

  @Test
  void says_in_a_sentence_that_nothing_listens() throws IOException {
    var port = Ports.free(1).get(0);
    assertThat(line.execute("demo", "--url", Loopback.url(port).toString())).isEqualTo(1);
    assertThat(printed())
        .contains("No response from " + Loopback.url(port))
        .contains("is Tradepost running?")
        .doesNotContain("Exception");
  }

  @Test
  void says_in_a_sentence_that_there_is_no_cluster_to_roll(@TempDir Path empty) {
    assertThat(line.execute("roll", "--data", empty.toString())).isEqualTo(1);
    assertThat(printed())
        .contains("No ./tradepost cluster runs on the data directory " + empty)
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo --url localhost",
        "events parked --url localhost:8080",
        "status --management localhost:9090",
        "status --management http:///topology",
        "status --management http://127.0.0.1:99999",
        "services forget gone --management ftp://127.0.0.1:9090"
      })
  void shows_the_form_of_an_address(String arguments) {
    assertThat(line.execute(arguments.split(" "))).isEqualTo(2);
    assertThat(usage.toString())
        .startsWith("Invalid value for option '--")
        .contains("it must be like http://HOST:PORT, not ")
        .doesNotContain("Exception");
  }

  @Test
  void says_in_a_sentence_what_is_no_name_of_a_service() {
    assertThat(line.execute("services", "forget", "my service")).isEqualTo(2);
    assertThat(printed()).isEqualToIgnoringNewLines("my service is not the name of a service.");
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
