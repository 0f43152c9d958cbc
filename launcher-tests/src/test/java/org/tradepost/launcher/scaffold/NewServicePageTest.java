package org.tradepost.launcher.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.gateway.GatewayConfig;
import org.tradepost.gateway.GatewayVerticle;
import org.tradepost.launcher.os.Ports;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.SecretScan;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;

/** Follows docs/new-service.md step by step, with a gateway to join. */
@Tag("system")
class NewServicePageTest {
  private static final Path PAGE = Path.of("..", "docs", "new-service.md");
  private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir static Path directory;

  private static DeveloperMachine machine;
  private static Map<String, String> settings;
  private static ClusterNode node;
  private static TestTokens tokens;
  private static String gateway;
  private static Process service;

  @BeforeAll
  static void start() throws IOException {
    for (var program : List.of("mvn", "curl")) {
      assumeThat(DeveloperMachine.onPath(program)).as("%s is on the path", program).isNotNull();
    }
    assumeThat(DeveloperMachine.codeOf(ClusterNode.class))
        .as("the artifacts are packaged, as in mvn verify")
        .isRegularFile();
    machine = new DeveloperMachine(directory);
    var ports = Ports.free(2);
    settings = new HashMap<>(TestNode.settings());
    settings.put("TRADEPOST_CLUSTER_MEMBERS", Loopback.hostAndPort(ports.get(0)));
    var own = new HashMap<>(settings);
    own.put("TRADEPOST_CLUSTER_PORT", ports.get(0).toString());
    own.put("TRADEPOST_HTTP_PORT", ports.get(1).toString());
    gateway = Loopback.hostAndPort(ports.get(1));
    node = TestNode.await(ClusterNode.start(NodeConfig.from(Settings.of(own), "gateway")));
    tokens = TestTokens.serve(node);
    var config = GatewayConfig.from(Settings.of(own));
    TestNode.await(node.deploy(new GatewayVerticle(node, config)));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (service != null) {
      service.destroy();
      service.waitFor();
      SecretScan.requireNoneIn(log());
    }
    if (node != null) {
      TestNode.await(node.stop());
    }
  }

  private static Path log() {
    return directory.resolve("notes.log");
  }

  @Test
  void the_page_leads_from_nothing_to_a_route() throws IOException, InterruptedException {
    var commands = COMMANDS.matcher(Files.readString(PAGE)).results().map(m -> m.group(1)).toList();
    assertThat(commands).hasSize(5);
    machine.run("tradepost", commands.get(0) + commands.get(1) + commands.get(2));
    assertThat(linesWithoutPom("notes")).isLessThan(120);

    var start = commands.get(3).lines().filter(line -> !line.startsWith("export")).toList();
    assertThat(start).hasSize(1);
    var own = new HashMap<>(settings);
    own.putAll(TestDatabase.settings());
    service = machine.start("notes", "exec " + start.get(0), own, log());
    var call = commands.get(4).replace("127.0.0.1:8080", gateway);
    assertThat(call).contains(gateway);
    await().until(() -> machine.run("notes", call), "{\"number\":1,\"text\":\"Hello\"}"::equals);
    var client = new RestClient(URI.create("http://" + gateway));
    assertThat(client.send(RestRequest.get("/openapi.json")).body().toString())
        .contains("addNotes");
    assertThat(client.send(RestRequest.get("/asyncapi.json")).body().toString())
        .contains("NotesAdded");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        client
                            .send(RestRequest.get("/v1/events").as(tokens.admin()))
                            .body()
                            .toString())
                    .contains("NotesAdded"));

    service.destroy();
    service.waitFor();
    await().until(() -> machine.run("notes", call), answer -> answer.contains("\"status\":503"));

    service = machine.start("notes", "exec " + start.get(0), own, log());
    await().until(() -> machine.run("notes", call), "{\"number\":2,\"text\":\"Hello\"}"::equals);
  }

  @Test
  void a_service_without_a_database_builds_and_passes_its_test()
      throws IOException, InterruptedException {
    machine.run("tradepost", "./tradepost new-service weather --directory ../weather");
    machine.run("weather", "mvn verify");
    assertThat(linesWithoutPom("weather")).isLessThan(120);
    assertThat(machine.project("weather").resolve("target/weather.jar")).isRegularFile();
  }

  private static long linesWithoutPom(String project) throws IOException {
    try (var files = Files.walk(machine.project(project).resolve("src"))) {
      var lines = 0L;
      for (var file : files.filter(Files::isRegularFile).toList()) {
        lines += Files.readAllLines(file).size();
      }
      return lines;
    }
  }
}
