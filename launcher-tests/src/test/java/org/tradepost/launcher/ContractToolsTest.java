package org.tradepost.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What public tools say of the OpenAPI document, each skipped where it is not installed. */
class ContractToolsTest {
  private static final Path RULES = Path.of("..", "docs", "spectral.yaml");

  @TempDir static Path directory;
  private static TestShop shop;

  @BeforeAll
  static void start() {
    assumeThat(Stream.of("redocly", "spectral", "prism").anyMatch(ContractToolsTest::isInstalled))
        .as("redocly, spectral or prism is on the path")
        .isTrue();
    shop = TestShop.start(directory);
  }

  @AfterAll
  static void stop() {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void redocly_finds_nothing() throws Exception {
    expectNothing("redocly", "lint", document("redocly.json"));
  }

  @Test
  void spectral_finds_nothing() throws Exception {
    expectNothing("spectral", "lint", "--ruleset", RULES.toString(), document("spectral.json"));
  }

  /** Prism answers 500 in place of an answer that does not follow the document. */
  @Test
  void prism_lets_the_demo_pass() throws Exception {
    assumeInstalled("prism");
    int port = Ports.free(1).get(0);
    String upstream = shop.client().base().toString();
    String document = document("prism.json");
    Process prism =
        start("prism", "proxy", document, upstream, "--errors", "--port", Integer.toString(port));
    try {
      RestClient client = new RestClient(URI.create("http://127.0.0.1:" + port));
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> client.send(RestRequest.get("/v1/products?limit=1")).status() == 200);
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      Steps steps = new Steps(client, new Transcript(Console.to(printed)));
      new Demo(steps).run();
      assertThat(steps.failed()).as(printed.toString(StandardCharsets.UTF_8)).isZero();
    } finally {
      prism.descendants().forEach(ProcessHandle::destroyForcibly);
      prism.destroyForcibly().waitFor();
    }
  }

  private static void expectNothing(String... command) throws IOException, InterruptedException {
    assumeInstalled(command[0]);
    Process process = start(command);
    int status = process.waitFor();
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
    String text = shop.client().send(RestRequest.get("/openapi.json")).body().toString();
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private static void assumeInstalled(String tool) {
    assumeThat(isInstalled(tool)).as(tool + " is on the path").isTrue();
  }

  private static boolean isInstalled(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
  }
}
