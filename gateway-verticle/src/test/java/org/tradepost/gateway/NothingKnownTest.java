package org.tradepost.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;

/** A gateway that is the first node of its cluster, or in the wrong cluster. */
class NothingKnownTest {

  private ClusterNode node;

  @BeforeEach
  void start() {
    node = TestNode.start();
  }

  @AfterEach
  void stop() {
    TestNode.await(node.stop());
  }

  @Test
  void until_it_knows_a_service_it_is_not_ready_and_rejects_requests() {
    var gateway = TestGateway.start(node);
    assertThat(gateway.get("/openapi.json").status()).isEqualTo(200);
    assertThat(gateway.get("/docs").status()).isEqualTo(200);
    for (var path : new String[] {"/v1/orders", "/v1/events", "/v1/events/stream"}) {
      var rejected = gateway.get(path);
      assertThat(rejected.status()).as(path).isEqualTo(503);
      assertThat(rejected.code()).isEqualTo("UNAVAILABLE");
      assertThat(rejected.header("retry-after")).isEqualTo("1");
    }
    assertThat(ready()).contains("no service is known yet");
    deploy(TestDescription.of("late", "1.0.0").path("/v1/late", "say"));
    await().until(() -> gateway.get("/v1/late").status() == 200);
    assertThat(ready()).doesNotContain("no service is known yet");
    assertThat(gateway.get("/v1/orders").code()).isEqualTo("NOT_FOUND");
    assertThat(gateway.get("/v1/events").status()).isEqualTo(401);
  }

  @Test
  void a_path_that_is_reserved_for_a_service_waits_for_it() {
    var gateway = TestGateway.start(node, "TRADEPOST_RESERVED_PREFIXES", "owner=/v1/owned");
    deploy(TestDescription.of("other", "1.0.0").path("/v1/other", "say"));
    await().until(() -> gateway.get("/v1/other").status() == 200);
    assertThat(gateway.get("/v1/owned/thing").status()).isEqualTo(503);
    assertThat(gateway.get("/v1/thing").status()).isEqualTo(404);
    deploy(TestDescription.of("owner", "1.0.0").path("/v1/owned/thing", "say"));
    await().until(() -> gateway.get("/v1/owned/thing").status() == 200);
    assertThat(gateway.get("/v1/owned/other").status()).isEqualTo(404);
  }

  @Test
  void a_path_may_be_of_a_service_whose_description_cannot_be_read_yet() {
    var gateway = TestGateway.start(node);
    deploy(TestDescription.of("other", "1.0.0").path("/v1/other", "say"));
    await().until(() -> gateway.get("/v1/other").status() == 200);
    assertThat(gateway.get("/v1/frozen").status()).isEqualTo(404);
    // It is in the directory but replies to nothing, like a frozen service.
    TestNode.await(
        node.directory()
            .publish("frozen", "1.0.0", "a hash", Set.of("frozen.v1.say"), Optional.empty()));
    await().until(() -> gateway.get("/v1/frozen").status() == 503);
    assertThat(gateway.get("/v1/other").status()).isEqualTo(200);
  }

  @Test
  void while_no_key_is_known_a_token_is_neither_good_nor_bad() {
    var gateway = TestGateway.start(node);
    TestNode.await(node.deploy(new NoteService(node)));
    await().until(() -> gateway.get("/openapi.json").json().path("paths").has("/v1/notes/mine"));
    var header = new JsonObject().put("alg", "RS256").put("typ", "at+jwt").encode();
    var encoded = Base64.getUrlEncoder().encodeToString(header.getBytes(StandardCharsets.UTF_8));
    var answer = gateway.get("/v1/notes/mine", "Authorization", "Bearer " + encoded + ".e30.e30");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.header("retry-after")).isEqualTo("1");
    assertThat(ready()).contains("keys to verify tokens");
  }

  private void deploy(TestDescription description) {
    TestNode.await(node.deploy(new DescribedService(node, description.build())));
  }

  private String ready() {
    var uri = URI.create(Loopback.url(node.health().port()) + "/health/ready");
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
