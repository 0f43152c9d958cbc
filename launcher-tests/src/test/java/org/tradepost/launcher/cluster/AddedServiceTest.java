package org.tradepost.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradepost.launcher.cluster.TestLocalCluster.START_TIMEOUT;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tradepost.launcher.Main;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.os.Signals;
import org.tradepost.platform.config.Loopback;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** A service that was built elsewhere, in a cluster with the built-in ones. */
@Tag("system")
class AddedServiceTest {
  private static final RestRequest READ = RestRequest.get("/v1/guestbook");
  private static final String COMMANDS = "/v1/cluster/commands";
  private static TestLocalCluster cluster;
  private static RestClient client;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    cluster = TestLocalCluster.start();
    client = cluster.client();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.requireNoSecretsInLogs();
      cluster.close();
    }
  }

  @Test
  void is_scaled_and_killed_and_keeps_its_data() throws IOException {
    awaitStatus(200);
    var before = entries();
    assertThat(before).isPositive();
    assertThat(
            client.send(RestRequest.get("/openapi.json")).body().at("/paths").has("/v1/guestbook"))
        .isTrue();

    assertThat(run("scale", "guestbook=2")).isZero();
    assertThat(printed()).contains("guestbook-2 | process ");
    assertThat(entries()).isEqualTo(before + 1);
    // A node that gets no processor time for a moment counts as unresponsive.
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(run("status")).isZero();
              assertThat(printed())
                  .containsPattern("guestbook +2 +1.0.0 +guestbook-1, guestbook-2");
            });

    cluster.members(cluster.guestbook()).get(0).kill();
    printed.reset();
    assertThat(run("scale", "guestbook=1")).isZero();
    // The killed instance serves again before the other leaves, so there is always one.
    assertThat(printed())
        .containsPattern("(?s)guestbook-1 \\|.* is ready.*guestbook-2 \\|.* has left");

    assertThat(run("scale", "guestbook=2")).isZero();
    Signals.send("STOP", cluster.members(cluster.guestbook()).get(1).pid());
    assertThat(run("scale", "guestbook=1")).isZero();
    assertThat(cluster.output()).doesNotContain("guestbook-2 | did not stop");

    cluster.members(cluster.guestbook()).forEach(MemberProcess::kill);
    awaitStatus(503);

    assertThat(run("scale", "guestbook=1")).isZero();
    awaitStatus(200);
    assertThat(entries()).isEqualTo(before + 4);
  }

  @Test
  void administrators_break_it_over_the_rest_api_and_nobody_else() {
    assertThat(client.send(command("kill", "guestbook-1")).status()).isEqualTo(401);
    var admin = cluster.admin();
    assertThat(client.send(RestRequest.get("/v1/cluster").as(admin)).body().path("supervised"))
        .isEqualTo(BooleanNode.TRUE);
    awaitStatus(200);
    assertThat(done(admin, "freeze", "guestbook-1")).contains("is frozen");
    assertThat(done(admin, "resume", "guestbook-1")).contains("is resumed");
    assertThat(done(admin, "kill", "guestbook-1")).contains("is killed");
    assertThat(rejected(admin, "kill", "guestbook-1")).contains("does not run");
    assertThat(rejected(admin, "kill", "gateway-1")).contains("cannot do this to itself");
    assertThat(rejected(admin, "freeze", "gateway-1")).contains("cannot do this to itself");
    assertThat(done(admin, "members", "all"))
        .contains("guestbook-1 guestbook ended", "order-1 order running");
    assertThat(rejected(admin, "restart", "shop-1")).contains("no member shop-1");
    var scale = Map.of("command", "scale", "target", "guestbook", "instances", 1);
    assertThat(send(RestRequest.post(COMMANDS, scale).as(admin)).status()).isEqualTo(200);
    awaitStatus(200);
    assertThat(done(admin, "audit", "all")).contains("Clean.");
    for (var hostile : List.of("guestbook-1\nroll", "guestbook-1 x", "../control")) {
      assertThat(client.send(command("kill", hostile).as(admin)).status()).isEqualTo(400);
    }
    assertThat(client.send(command("roll", "guestbook-1").as(admin)).status()).isEqualTo(400);
  }

  @Test
  void a_gateway_does_not_scale_itself_away_but_another_one_does() {
    var admin = cluster.admin();
    assertThat(run("scale", "gateway=2")).isZero();
    var second = new RestClient(Loopback.url(cluster.url().getPort() + 1));
    var one = Map.of("command", "scale", "target", "gateway", "instances", 1);
    var scale = RestRequest.post(COMMANDS, one).as(admin);
    var rejection = second.send(scale);
    assertThat(rejection.body().path("done")).as(rejection.content()).isEqualTo(BooleanNode.FALSE);
    assertThat(rejection.content()).contains("gateway-2 cannot do this to itself");
    var left = client.send(scale);
    assertThat(left.body().path("done")).as(left.content()).isEqualTo(BooleanNode.TRUE);
    assertThat(left.content()).containsPattern("gateway-2 +\\| process [0-9]+ has left");
  }

  private static RestRequest command(String command, String target) {
    return RestRequest.post(COMMANDS, Map.of("command", command, "target", target));
  }

  private static String done(String admin, String command, String target) {
    return outcome(admin, command, target, true);
  }

  private static String rejected(String admin, String command, String target) {
    return outcome(admin, command, target, false);
  }

  private static String outcome(String admin, String command, String target, boolean done) {
    var response = send(command(command, target).as(admin));
    assertThat(response.body().path("done").asBoolean()).as(response.content()).isEqualTo(done);
    return response.body().path("output").toString();
  }

  /** A command may wait for a member that starts, so a missing response says how far it came. */
  private static RestResponse send(RestRequest command) {
    try {
      return client.send(command.within(START_TIMEOUT));
    } catch (RestClient.NoResponse e) {
      throw new AssertionError(command.content() + "\n" + cluster.output(), e);
    }
  }

  @Test
  void a_service_that_does_not_run_is_not_scaled_and_no_other_with_it() {
    assertThat(run("scale", "guestbook=3", "warehouse=2")).isEqualTo(1);
    assertThat(printed())
        .contains(
            "There is no service warehouse; there are auth, product, order, guestbook, gateway.");
    assertThat(cluster.members(cluster.guestbook())).hasSizeLessThan(3);
  }

  @Test
  void what_members_log_is_in_files_and_lines_about_requests_are_not_on_the_terminal() {
    awaitStatus(200);
    await()
        .atMost(START_TIMEOUT)
        .untilAsserted(
            () -> {
              assertThat(run("logs")).isZero();
              assertThat(printed())
                  .containsPattern("gateway-1  \\| .* requests .*GET /v1/guestbook 200")
                  .containsPattern("guestbook-1 \\| .* requests .*served in")
                  .containsPattern("order-1 +\\| .* order is ready");
            });
    assertThat(cluster.output())
        .containsPattern("order-1 +\\| .* order is ready")
        .doesNotContain("INFO  requests");
  }

  private static void awaitStatus(int status) {
    await()
        .atMost(START_TIMEOUT)
        .untilAsserted(
            () -> assertThat(client.send(READ).status()).as(cluster::output).isEqualTo(status));
  }

  private static long entries() {
    return client.send(READ).body().path("entries").asLong();
  }

  private int run(String command, String... arguments) {
    printed.reset();
    return Main.commandLine(Terminal.to(printed))
        .execute(
            Stream.of(
                    Stream.of(command),
                    Stream.of("--data", cluster.data().toString()),
                    Stream.of(arguments))
                .flatMap(words -> words)
                .toArray(String[]::new));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
