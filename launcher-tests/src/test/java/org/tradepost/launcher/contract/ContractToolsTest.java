package org.tradepost.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.demo.Demo;
import org.tradepost.launcher.demo.DemoSteps;
import org.tradepost.launcher.demo.Transcript;
import org.tradepost.launcher.up.TestSingleJvm;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;

/** Checks the OpenAPI document with public tools; a tool that is not installed is skipped. */
class ContractToolsTest {
  private static final Path RULES = Path.of("..", "docs", "spectral.yaml");

  @TempDir static Path directory;
  private static TestSingleJvm shop;

  @BeforeAll
  static void start() {
    assumeThat(Stream.of("redocly", "spectral", "prism").anyMatch(ContractToolsTest::isInstalled))
        .as("redocly, spectral or prism is on the path")
        .isTrue();
    shop = TestSingleJvm.shared();
  }

  @Test
  void redocly_finds_nothing() throws Exception {
    expectNothing("redocly", "lint", document("redocly.json"));
  }

  @Test
  void spectral_finds_nothing() throws Exception {
    expectNothing("spectral", "lint", "--ruleset", RULES.toString(), document("spectral.json"));
  }

  /** Prism answers 500 instead of a response that does not follow the document. */
  @Test
  void prism_lets_the_demo_pass() throws IOException {
    assumeInstalled("prism");
    try (var prism = new Prism(shop.client(), directory, "--errors")) {
      var printed = new ByteArrayOutputStream();
      var steps = new DemoSteps(new RestClient(prism.base()), new Transcript(Terminal.to(printed)));
      new Demo(steps).run();
      assertThat(steps.failed()).as(printed.toString(StandardCharsets.UTF_8)).isZero();
    }
  }

  private static void expectNothing(String... command) throws IOException, InterruptedException {
    assumeInstalled(command[0]);
    var process = start(command);
    var status = process.waitFor();
    assertThat(status).as(Files.readString(output(command[0]))).isZero();
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(new ArrayList<>(List.of(command)))
        .redirectErrorStream(true)
        .redirectOutput(output(command[0]).toFile())
        .start();
  }

  private static Path output(String tool) {
    return directory.resolve(tool + ".log");
  }

  private static String document(String name) throws IOException {
    var text = shop.client().send(RestRequest.get("/openapi.json")).body().toString();
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private static void assumeInstalled(String tool) {
    assumeThat(isInstalled(tool)).as(tool + " is on the path").isTrue();
  }

  static boolean isInstalled(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, tool)));
  }
}
