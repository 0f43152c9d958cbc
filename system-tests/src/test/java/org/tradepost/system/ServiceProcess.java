package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.config.HostName;

/** One service in its own JVM, started from its jar as an operator starts it. */
final class ServiceProcess {

  private static final Path ROOT = Path.of(System.getProperty("tradepost.root", ".."));
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /**
   * What the processes that this JVM starts leave behind, in a directory like a local cluster's.
   */
  static final Path DATA = Path.of(System.getProperty("tradepost.data", "target/jvm"));

  private static final Path LOGS = DATA.resolve("logs");

  /**
   * Services run in every locale. These have other digits, another calendar, another lower case of
   * I, and translated messages of libraries.
   */
  private static final Map<String, List<String>> LANGUAGES =
      Map.of(
          "auth-verticle", locale("tr", "TR", ""),
          "product-verticle", locale("fa", "IR", ""),
          "order-verticle", locale("th", "TH", "TH"),
          "gateway-verticle", locale("ar", "EG", ""),
          "launcher", locale("de", "DE", ""));

  final String service;
  final String name;
  final Map<String, String> settings;
  private final String outside;
  private final Path output;
  private final ClassArchive archive;
  private final Process process;

  /**
   * @param service the name of the service
   * @param name the name of the node
   * @param settings its environment
   */
  ServiceProcess(String service, String name, Map<String, String> settings) {
    this(service, name, settings, Host.LOCAL);
  }

  /** Starts the service on another host. */
  ServiceProcess(String service, String name, Map<String, String> settings, Host host) {
    this.service = service;
    this.name = name;
    this.settings = settings;
    this.outside = host.outside();
    this.output = LOGS.resolve(name + ".log");
    var module = service + "-verticle";
    this.archive = ClassArchive.of(jar(module));
    var builder = builder(module, archive.options(), settings);
    builder.command().addAll(0, host.command());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(new File(output.toString())));
    try {
      Files.createDirectories(LOGS);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the jar of a module to its end, and returns its output. */
  static String output(String module, Map<String, String> settings, String... arguments) {
    try {
      var process = builder(module, List.of(), settings, arguments).start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> locale(String language, String country, String variant) {
    return List.of(
        "-Duser.language=" + language, "-Duser.country=" + country, "-Duser.variant=" + variant);
  }

  private static ProcessBuilder builder(
      String module, List<String> options, Map<String, String> settings, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    command.addAll(LANGUAGES.getOrDefault(module, List.of()));
    command.addAll(options);
    command.addAll(List.of("-jar", jar(module).toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("TRADEPOST_"));
    builder.environment().putAll(settings);
    return builder;
  }

  private static Path jar(String module) {
    var jar = ROOT.resolve(module).resolve("target").resolve(module + ".jar");
    assertThat(jar).as("run `mvn package` first").exists();
    return jar;
  }

  void awaitReady() {
    await(name + " to be ready")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(200))
        .failFast(name + " ended: " + output, () -> !process.isAlive())
        .until(this::isReady);
  }

  private boolean isReady() {
    try {
      return get("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** The address of a port, which is given by the name of its setting. */
  String url(String portSetting) {
    return "http://" + HostName.beforePort(outside) + ":" + settings.get(portSetting);
  }

  HttpResponse<String> get(String path) {
    var uri = URI.create(url("TRADEPOST_MANAGEMENT_PORT") + path);
    try {
      return HTTP.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How many instances of another service it knows of; -1 if it does not say. */
  int instances(String other) {
    for (var check : WireJson.read(get("/health/ready").body(), JsonNode.class).path("checks")) {
      if (check.path("id").asText().equals(other)) {
        return check.at("/data/instances").asInt(-1);
      }
    }
    return -1;
  }

  /** One process of each service that writes a class archive when it exits normally. */
  static List<ServiceProcess> onePerServiceThatArchives(List<ServiceProcess> processes) {
    Map<String, ServiceProcess> found = new HashMap<>();
    processes.stream()
        .filter(process -> process.archive.isWanted())
        .forEach(process -> found.putIfAbsent(process.service, process));
    return List.copyOf(found.values());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** As {@code kill -STOP} does: the process does nothing until {@link #resume}. */
  void freeze() {
    signal(process, "STOP");
  }

  /** As {@code kill -CONT} does. */
  void resume() {
    signal(process, "CONT");
  }

  static void signal(Process process, String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()));
      assertThat(kill.start().waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As {@code kill} does. */
  void requestStop() {
    process.destroy();
  }

  /** Waits for its end, after which others start from the class archive that it wrote. */
  void awaitArchive() {
    // Leaving the cluster may take all the time allowed, and only then does it start to write.
    awaitEnd(120);
    archive.keep();
  }

  int awaitEnd() {
    return awaitEnd(90);
  }

  private int awaitEnd(int seconds) {
    try {
      assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as(name + " ended").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
