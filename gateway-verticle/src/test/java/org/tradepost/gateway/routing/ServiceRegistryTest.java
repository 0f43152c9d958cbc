package org.tradepost.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.gateway.DescribedService;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.RawClient;
import org.tradepost.gateway.TestDescription;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

/** Services that join, leave and change while the gateway runs. */
class ServiceRegistryTest {

  private static final String DIRECTORY = "tradepost.directory";

  private static ClusterNode node;
  private static TestGateway gateway;
  private static TestTokens tokens;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    tokens = TestTokens.serve(node);
    gateway = TestGateway.start(node);
  }

  @AfterAll
  static void stop() {
    TestNode.await(node.stop());
  }

  @Test
  void a_service_that_joins_gets_its_routes_and_documents() {
    assertThat(status("/v1/joined")).isEqualTo(404);
    deploy(TestDescription.of("joining", "1.0.0").path("/v1/joined", "say"));
    await().until(() -> status("/v1/joined") == 200);
    assertThat(gateway.get("/openapi.json").json().path("paths").has("/v1/joined")).isTrue();
  }

  @Test
  void a_service_that_leaves_is_unavailable_at_once_but_not_forgotten() {
    var id = deploy(TestDescription.of("leaving", "1.0.0").path("/v1/left", "say"));
    await().until(() -> status("/v1/left") == 200);
    undeploy(id);
    await().until(() -> status("/v1/left") == 503);
    var rejected = gateway.get("/v1/left");
    assertThat(rejected.code()).isEqualTo("UNAVAILABLE");
    assertThat(rejected.header("retry-after")).isEqualTo("1");
    assertThat(gateway.get("/openapi.json").json().path("paths").has("/v1/left")).isTrue();
  }

  /** The copy of the directory on a node that has just joined may be incomplete. */
  @Test
  void a_service_that_only_the_bus_knows_is_called() {
    deploy(TestDescription.of("unlisted", "1.0.0").path("/v1/unlisted", "say"));
    await().until(() -> status("/v1/unlisted") == 200);
    for (var times = 0; times < 5; times++) {
      await().until(() -> node.directory().count("unlisted") == 1);
      records("unlisted").forEach(key -> TestNode.await(node.map(DIRECTORY).remove(key)));
      for (var requests = 0; requests < 20; requests++) {
        assertThat(status("/v1/unlisted")).isEqualTo(200);
      }
    }
  }

  private static List<String> records(String service) {
    return node.map(DIRECTORY).all().entrySet().stream()
        .filter(entry -> new JsonObject(entry.getValue()).getString("name").equals(service))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void a_service_that_returns_is_there_again() {
    var description = TestDescription.of("returning", "1.0.0").path("/v1/returned", "say");
    var id = deploy(description);
    await().until(() -> status("/v1/returned") == 200);
    undeploy(id);
    await().until(() -> status("/v1/returned") == 503);
    deploy(description);
    await().until(() -> status("/v1/returned") == 200);
  }

  @Test
  void a_new_gateway_knows_who_is_unavailable() {
    var id = deploy(TestDescription.of("remembered", "1.0.0").path("/v1/remembered", "say"));
    await().until(() -> status("/v1/remembered") == 200);
    undeploy(id);
    var other = TestGateway.start(node);
    assertThat(other.get("/v1/remembered").status()).isEqualTo(503);
    other.stop();
  }

  /** Otherwise two gateways would overwrite each other's entries forever. */
  @Test
  void what_another_gateway_wrote_of_a_service_that_is_there_stays() {
    deploy(TestDescription.of("written", "1.0.0").path("/v1/written", "say"));
    await().until(() -> status("/v1/written") == 200);
    var map = node.map(DescriptionStore.MAP);
    await().until(() -> map.get("written").isPresent());
    var own = PublishedDescription.read(map.get("written").orElseThrow());
    var other = new PublishedDescription(own.description(), own.order() + 7).text();
    TestNode.await(map.put("written", other));
    await()
        .during(Duration.ofSeconds(2))
        .until(() -> map.get("written").equals(Optional.of(other)));
  }

  @Test
  void a_new_gateway_serves_who_is_there() {
    deploy(TestDescription.of("present", "1.0.0").path("/v1/present", "say"));
    var other = TestGateway.start(node);
    assertThat(other.get("/v1/present").status()).isEqualTo(200);
    other.stop();
  }

  @Test
  void a_path_stays_with_the_service_that_had_it_first() {
    deploy(TestDescription.of("first", "1.0.0").path("/v1/places/{id}", "say"));
    await().until(() -> status("/v1/places/a") == 200);
    deploy(
        TestDescription.of("second", "1.0.0")
            .path("/v1/places/{name}", "say")
            .path("/v1/second", "say-more"));
    // Joins after the second service: once this one is known, the second was judged.
    deploy(TestDescription.of("third", "1.0.0").path("/v1/third", "say"));
    await().until(() -> status("/v1/third") == 200);
    assertThat(gateway.get("/v1/places/a").json().path("name").asText()).isEqualTo("first");
    assertThat(status("/v1/second")).isEqualTo(404);
  }

  @Test
  void the_lowest_version_that_lives_counts_and_a_higher_one_follows_when_it_is_gone() {
    var older = deploy(TestDescription.of("versioned", "1.9.0").path("/v1/old", "old"));
    await().until(() -> status("/v1/old") == 200);
    deploy(TestDescription.of("versioned", "1.10.0").path("/v1/old", "old").path("/v1/new", "new"));
    deploy(TestDescription.of("witness", "1.0.0").path("/v1/witness", "say"));
    await().until(() -> status("/v1/witness") == 200);
    assertThat(status("/v1/new")).isEqualTo(404);
    undeploy(older);
    await().until(() -> status("/v1/new") == 200);
  }

  @Test
  void a_version_that_is_rolled_back_leaves_no_routes() {
    var newer =
        TestDescription.of("rolled", "1.1.0").path("/v1/stays", "stays").path("/v1/goes", "goes");
    var id = deploy(newer);
    await().until(() -> status("/v1/goes") == 200);
    deploy(TestDescription.of("rolled", "1.0.0").path("/v1/stays", "stays"));
    undeploy(id);
    await().until(() -> status("/v1/goes") == 404);
    assertThat(status("/v1/stays")).isEqualTo(200);
  }

  @Test
  void of_equal_versions_the_present_one_stays_while_it_lives() {
    var before = deploy(TestDescription.of("changing", "1.0.0").path("/v1/before", "say"));
    await().until(() -> status("/v1/before") == 200);
    deploy(TestDescription.of("changing", "1.0.0").path("/v1/after", "say"));
    deploy(TestDescription.of("onlooker", "1.0.0").path("/v1/onlooker", "say"));
    await().until(() -> status("/v1/onlooker") == 200);
    assertThat(status("/v1/after")).isEqualTo(404);
    undeploy(before);
    await().until(() -> status("/v1/after") == 200);
    assertThat(status("/v1/before")).isEqualTo(404);
  }

  @Test
  void a_service_that_is_forgotten_is_gone_from_every_gateway_until_it_returns() {
    var other = TestGateway.start(node);
    var description = TestDescription.of("forgotten", "1.0.0").path("/v1/forgotten", "say");
    var id = deploy(description);
    await().until(() -> status("/v1/forgotten") == 200);
    await().until(() -> other.get("/v1/forgotten").status() == 200);
    assertThat(remove("forgotten", token()).statusCode()).isEqualTo(409);
    undeploy(id);
    await().until(() -> status("/v1/forgotten") == 503);
    assertThat(remove("forgotten", "nonsense").statusCode()).isEqualTo(401);
    assertThat(remove("forgotten", token()).statusCode()).isEqualTo(204);
    await().until(() -> status("/v1/forgotten") == 404);
    await().until(() -> other.get("/v1/forgotten").status() == 404);
    var late = TestGateway.start(node);
    assertThat(late.get("/v1/forgotten").status()).isEqualTo(404);
    assertThat(gateway.get("/openapi.json").json().path("paths").has("/v1/forgotten")).isFalse();
    assertThat(remove("forgotten", token()).statusCode()).isEqualTo(404);
    deploy(description);
    await().until(() -> status("/v1/forgotten") == 200);
    await().until(() -> late.get("/v1/forgotten").status() == 200);
    late.stop();
    other.stop();
  }

  @Test
  void what_only_some_instances_take_is_rejected_whichever_would_get_it() {
    var old = TestDescription.of("mixed", "1.0.0").path("/v1/mixed", "say");
    var oldId = deploy(old);
    await().until(() -> status("/v1/mixed") == 200);
    deploy(TestDescription.of("mixed", "1.1.0").query("/v1/mixed", "say", "shade"));
    deploy(TestDescription.of("bystander", "1.0.0").path("/v1/bystander", "say"));
    await().until(() -> status("/v1/bystander") == 200);
    for (var i = 0; i < 20; i++) {
      assertThat(status("/v1/mixed")).isEqualTo(200);
      assertThat(status("/v1/mixed?shade=dark")).isEqualTo(400);
    }
    undeploy(oldId);
    await().until(() -> status("/v1/mixed?shade=dark") == 200);
  }

  @Test
  void an_operation_that_leaves_while_its_request_arrives_is_unavailable() {
    var notes = TestNode.await(node.vertx().deployVerticle(new NoteService(node)));
    await().until(() -> status("/v1/notes/a") == 200);
    try (var client = new RawClient(gateway.port())) {
      client.send(
          """
          POST /v1/notes HTTP/1.1\r
          Host: x\r
          Authorization: Bearer %s\r
          Content-Type: application/json\r
          Content-Length: 12\r
          \r
          {"""
              .formatted(tokens.customer("u1")));
      var older = deploy(TestDescription.of("notes", "0.9.0").path("/v1/older", "older"));
      await().until(() -> status("/v1/older") == 200);
      assertThat(client.send("\"text\":\"a\"}").readResponse()).startsWith("HTTP/1.1 503 ");
      undeploy(older);
    }
    undeploy(notes);
  }

  @Test
  void a_reserved_prefix_is_for_its_service_alone() {
    var reserved = TestGateway.start(node, "TRADEPOST_RESERVED_PREFIXES", "owner=/v1/reserved");
    deploy(TestDescription.of("guest", "1.0.0").path("/v1/reserved/guest", "say"));
    deploy(TestDescription.of("owner", "1.0.0").path("/v1/reserved/owner", "say"));
    await().until(() -> reserved.get("/v1/reserved/owner").status() == 200);
    await().until(() -> status("/v1/reserved/guest") == 200);
    assertThat(reserved.get("/v1/reserved/guest").status()).isEqualTo(404);
    reserved.stop();
  }

  @Test
  void an_internal_operation_cannot_be_mounted_from_outside() {
    deploy(TestDescription.of("thief", "1.0.0").path("/v1/stolen", "victim.v1.secret", "steal"));
    deploy(TestDescription.of("observer", "1.0.0").path("/v1/observer", "say"));
    await().until(() -> status("/v1/observer") == 200);
    assertThat(status("/v1/stolen")).isEqualTo(404);
  }

  @Test
  void health_names_every_service() throws IOException, InterruptedException {
    deploy(TestDescription.of("healthy", "1.0.0").path("/v1/healthy", "say"));
    await().until(() -> status("/v1/healthy") == 200);
    assertThat(management("/health/ready")).contains("\"healthy\"");
  }

  @Test
  void the_figures_of_a_service_are_there_before_anything_is_sent_to_it()
      throws IOException, InterruptedException {
    deploy(TestDescription.of("counted", "1.0.0").path("/v1/counted", "say"));
    await().until(() -> gateway.get("/openapi.json").json().path("paths").has("/v1/counted"));
    assertThat(management("/topology"))
        .contains("{\"kind\":\"circuit\",\"name\":\"counted\",")
        .contains("{\"kind\":\"limit\",\"name\":\"counted\",");
  }

  private static String management(String path) throws IOException, InterruptedException {
    var uri = URI.create(Loopback.url(node.health().port()) + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  private static String token() {
    return new ServiceTokens(node.vertx(), "operator", TestNode.SECRET).token();
  }

  private static HttpResponse<String> remove(String service, String token) {
    var uri = URI.create(Loopback.url(node.health().port()) + "/services/" + service);
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(uri)
                  .header("Authorization", "Bearer " + token)
                  .DELETE()
                  .build(),
              BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static int status(String path) {
    return gateway.get(path).status();
  }

  private static String deploy(TestDescription description) {
    return TestNode.await(
        node.vertx().deployVerticle(new DescribedService(node, description.build())));
  }

  private static void undeploy(String id) {
    TestNode.await(node.vertx().undeploy(id));
  }
}
