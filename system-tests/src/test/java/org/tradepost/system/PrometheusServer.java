package org.tradepost.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.testing.FreePorts;

/** A real Prometheus with the configuration and the rules of the project. */
final class PrometheusServer implements AutoCloseable {

  private static final Path ROOT = Path.of(System.getProperty("tradepost.root", ".."));
  static final Path CONFIGURATION = ROOT.resolve("ops/prometheus");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI url;
  private final Process process;

  /**
   * Starts Prometheus.
   *
   * @param directory an empty directory
   * @param targets the management ports that it scrapes, as {@code host:port}
   */
  PrometheusServer(Path directory, List<String> targets) throws IOException {
    configure(directory, targets);
    var port = FreePorts.one();
    url = Loopback.url(port);
    process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--enable-feature=exemplar-storage",
                "--web.listen-address=" + Loopback.hostAndPort(port))
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "prometheus.log").toFile())
            .start();
  }

  static boolean isInstalled() {
    return promtool("--version").status() == 0
        && run(new ProcessBuilder("prometheus", "--version"), "").status() == 0;
  }

  /** Copies the project's files, with other targets, and with intervals of 1 s instead of 5 s. */
  private static void configure(Path directory, List<String> targets) throws IOException {
    var rules = Files.createDirectories(directory.resolve("rules"));
    try (var files = Files.list(CONFIGURATION.resolve("rules"))) {
      for (var file : files.toList()) {
        Files.copy(file, rules.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        directory.resolve("prometheus.yml"),
        Files.readString(CONFIGURATION.resolve("prometheus.yml"))
            .replace(": 5s", ": 1s")
            .replace("127.0.0.1:9090", targets.get(0)));
    Files.writeString(
        Files.createDirectories(directory.resolve("targets")).resolve("cluster.yml"),
        targets.stream()
            .skip(1)
            .map(target -> "  - \"" + target + "\"")
            .collect(Collectors.joining("\n", "- targets:\n", "\n")));
  }

  /** What a command printed, and its exit status. */
  record Run(int status, String output) {}

  static Run promtool(String... arguments) {
    return promtoolReading("", arguments);
  }

  /**
   * Runs promtool.
   *
   * @param input its standard input
   */
  static Run promtoolReading(String input, String... arguments) {
    var command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    return run(new ProcessBuilder(command), input);
  }

  private static Run run(ProcessBuilder builder, String input) {
    Process process;
    try {
      process = builder.redirectErrorStream(true).start();
    } catch (IOException missing) {
      return new Run(-1, missing.getMessage());
    }
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void awaitReady() {
    await("Prometheus, see target/prometheus.log")
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(() -> get("/-/ready").statusCode() == 200);
  }

  /** The series that an expression currently returns. */
  List<JsonNode> query(String expression) {
    var answer =
        json("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    if (!answer.path("status").asText().equals("success")) {
      throw new AssertionError(expression + ": " + answer);
    }
    return StreamSupport.stream(answer.at("/data/result").spliterator(), false).toList();
  }

  /** The labels of the firing alerts of that name. */
  List<JsonNode> firing(String alert) {
    return StreamSupport.stream(json("/api/v1/alerts").at("/data/alerts").spliterator(), false)
        .filter(one -> one.path("state").asText().equals("firing"))
        .map(one -> one.path("labels"))
        .filter(labels -> labels.path("alertname").asText().equals(alert))
        .toList();
  }

  /** The exemplars of a metric from the last minutes. */
  JsonNode exemplars(String metric) {
    var now = System.currentTimeMillis() / 1_000;
    return json(
        "/api/v1/query_exemplars?query=%s&start=%s&end=%s".formatted(metric, now - 300, now + 60));
  }

  private JsonNode json(String path) {
    return WireJson.read(get(path).body(), JsonNode.class);
  }

  private HttpResponse<String> get(String path) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create(url + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
