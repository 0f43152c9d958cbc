package org.tradepost.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.gateway.GatewaySetup;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.testing.FreePorts;

class ConsoleTest {

  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
  private static final String AUDIT = "{\"command\": \"audit\"}";
  private static final Pattern IMPORT = Pattern.compile("(?m)^import .*'\\./([^']+)';");

  @AutoClose private static GatewaySetup setup;

  @BeforeAll
  static void start() {
    setup = new GatewaySetup("TRADEPOST_CONSOLE_TRACE_URL", "http://traces.example/{trace}");
  }

  @Test
  void the_page_and_all_that_it_loads_are_served_under_a_strict_policy() {
    var page = setup.gateway.get("/console/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'", "trusted-types")
        .doesNotContain("unsafe", "http");
    assertThat(page.text()).doesNotContain("<style", "style=", "onclick", "<script>");
    LINK.matcher(page.text()).results().forEach(link -> assertLoads(link.group(1)));
  }

  private static void assertLoads(String path) {
    var file = setup.gateway.get(path);
    assertThat(file.status()).as(path).isEqualTo(200);
    assertThat(file.header("x-content-type-options")).isEqualTo("nosniff");
    if (!path.contains("/lib/")) {
      IMPORT
          .matcher(file.text())
          .results()
          .forEach(module -> assertLoads("/console/" + module.group(1)));
    }
  }

  @Test
  void a_file_need_not_be_sent_again() {
    var first = setup.gateway.get("/console/main.js");
    assertThat(first.header("cache-control")).isEqualTo("no-cache");
    var again = setup.gateway.get("/console/main.js", "If-None-Match", first.header("etag"));
    assertThat(again.status()).isEqualTo(304);
    var compressed = setup.gateway.get("/console/main.js", "Accept-Encoding", "gzip");
    assertThat(compressed.header("content-encoding")).isEqualTo("gzip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/nothing.js",
        "/console/lib/",
        "/console/lib/package.json",
        "/console/../docs/index.html",
        "/console/..%2Fdocs%2Findex.html",
        "/console//main.js",
        "/console/org/tradepost/gateway/Main.class"
      })
  void nothing_else_is_served(String path) {
    assertThat(setup.gateway.get(path).code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void the_page_has_one_address() {
    var redirect = setup.gateway.get("/console");
    assertThat(redirect.status()).isEqualTo(308);
    assertThat(redirect.header("location")).isEqualTo("/console/");
    assertThat(setup.gateway.send("POST", "/console/", null).code())
        .isEqualTo("METHOD_NOT_ALLOWED");
  }

  @Test
  void only_administrators_see_the_cluster() {
    assertThat(setup.gateway.get("/v1/cluster").code()).isEqualTo("UNAUTHENTICATED");
    var customer = setup.tokens.customer("somebody");
    assertThat(setup.gateway.get("/v1/cluster", "Authorization", "Bearer " + customer).code())
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void the_cluster_is_told_with_the_calls_between_services() {
    var admin = "Bearer " + setup.tokens.admin();
    setup.gateway.get("/v1/notes/a");
    await()
        .untilAsserted(
            () -> {
              var cluster = setup.gateway.get("/v1/cluster", "Authorization", admin).json();
              assertThat(cluster.path("traceUrl").asText())
                  .isEqualTo("http://traces.example/{trace}");
              var node = cluster.path("nodes").path(0);
              assertThat(node.path("unresponsive").asBoolean()).isFalse();
              for (var metric : node.path("metrics")) {
                if (metric.path("kind").asText().equals("calls")) {
                  assertThat(metric.at("/values/notes/calls").asInt()).isPositive();
                  assertThat(metric.at("/values").has("node")).isFalse();
                  return;
                }
              }
              throw new AssertionError("no calls in " + cluster);
            });
  }

  @Test
  void commands_are_taken_only_under_a_supervisor() {
    assertThat(command("Bearer " + setup.tokens.admin())).isEqualTo("NOT_FOUND");
    assertThat(command("Bearer " + setup.tokens.customer("somebody"))).isEqualTo("FORBIDDEN");
    assertThat(command("")).isEqualTo("UNAUTHENTICATED");
    var cluster =
        setup.gateway.get("/v1/cluster", "Authorization", "Bearer " + setup.tokens.admin());
    assertThat(cluster.json().has("supervised")).isFalse();
  }

  /** Repeats once more than the number of commands that an administrator may have in flight. */
  @RepeatedTest(5)
  void a_rejected_command_is_no_longer_in_flight() {
    var admin = "Bearer " + setup.tokens.admin();
    assertThat(command(admin)).isEqualTo("NOT_FOUND");
    assertThat(command(setup.gateway, admin, "{\"command\": \"roll\"}"))
        .isEqualTo("INVALID_REQUEST");
  }

  /** A command may take minutes. */
  @Test
  void commands_do_not_need_the_threads_that_all_share() {
    var gateway = TestGateway.start(setup.node, "TRADEPOST_CONTROL_SOCKET", "/nothing/here");
    var over = new CountDownLatch(1);
    for (var i = 0; i < VertxOptions.DEFAULT_WORKER_POOL_SIZE; i++) {
      setup.node.vertx().executeBlocking(() -> over.await(1, TimeUnit.MINUTES), false);
    }
    try {
      var admin = "Bearer " + setup.tokens.admin();
      assertThat(command(gateway, admin, AUDIT)).isEqualTo("UNAVAILABLE");
    } finally {
      over.countDown();
      gateway.stop();
    }
  }

  private static String command(String authorization) {
    return command(setup.gateway, authorization, AUDIT);
  }

  private static String command(TestGateway gateway, String authorization, String body) {
    return gateway
        .send(
            "POST",
            "/v1/cluster/commands",
            body,
            "Content-Type",
            "application/json",
            "Authorization",
            authorization)
        .code();
  }

  @Test
  void it_can_be_turned_off() {
    var gateway = TestGateway.start(setup.node, "TRADEPOST_CONSOLE", "off");
    assertThat(gateway.get("/console/").code()).isEqualTo("NOT_FOUND");
    gateway.stop();
  }

  @Test
  void on_a_port_of_its_own_it_has_the_api_beside_it() throws IOException, InterruptedException {
    var port = FreePorts.one();
    var gateway = TestGateway.start(setup.node, "TRADEPOST_CONSOLE", Integer.toString(port));
    assertThat(gateway.get("/console/").code()).isEqualTo("NOT_FOUND");
    assertThat(status(port, "/console/")).isEqualTo(200);
    assertThat(status(port, "/v1/cluster")).isEqualTo(401);
    gateway.stop();
  }

  private static int status(int port, String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(Loopback.url(port) + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  @ParameterizedTest
  @CsvSource({
    "TRADEPOST_CONSOLE, maybe",
    "TRADEPOST_CONSOLE, 0",
    "TRADEPOST_CONSOLE, 70000",
    "TRADEPOST_CONSOLE_TRACE_URL, http://traces.example/",
    "TRADEPOST_CONSOLE_TRACE_URL, javascript:alert({trace})",
    "TRADEPOST_CONSOLE_TRACE_URL, /{trace}",
    "TRADEPOST_CONSOLE_TRACE_URL, http://a b/{trace}"
  })
  void a_wrong_setting_is_named(String name, String value) {
    assertThatThrownBy(() -> ConsoleConfig.from(Settings.of(Map.of(name, value))))
        .isInstanceOf(Settings.WrongSetting.class)
        .hasMessageStartingWith(name);
  }
}
