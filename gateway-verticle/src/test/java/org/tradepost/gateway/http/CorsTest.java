package org.tradepost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

class CorsTest {

  private static final String SHOP = "https://shop.example";
  private static ClusterNode node;
  private static TestGateway gateway;
  private static TestGateway closed;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    TestTokens.serve(node);
    await(node.deploy(new NoteService(node)));
    gateway = TestGateway.start(node, "TRADEPOST_CORS_ORIGINS", SHOP + ",https://two.example");
    closed = TestGateway.start(node);
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  @Test
  void a_browser_may_ask_before_it_writes() {
    var answer =
        gateway.send(
            "OPTIONS",
            "/v1/notes",
            null,
            "Origin",
            SHOP,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "authorization, content-type, idempotency-key");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(SHOP);
    assertThat(answer.header("access-control-allow-methods")).contains("POST").contains("PATCH");
    assertThat(answer.header("access-control-allow-headers")).contains("authorization");
  }

  @Test
  void an_answer_may_be_read_by_the_origin_that_was_named() {
    var answer = gateway.get("/v1/notes", "Origin", SHOP);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(SHOP);
    assertThat(answer.header("access-control-expose-headers")).isEqualTo("*");
    assertThat(answer.raw().headers().allValues("vary").toString())
        .containsIgnoringCase("origin")
        .contains("Authorization");
  }

  @Test
  void the_documents_may_be_read_too() {
    assertThat(gateway.get("/asyncapi.json", "Origin", SHOP).header("access-control-allow-origin"))
        .isEqualTo(SHOP);
  }

  @Test
  void a_rejection_may_be_read_too() {
    assertThat(gateway.get("/v1/nothing", "Origin", SHOP).header("access-control-allow-origin"))
        .isEqualTo(SHOP);
  }

  @Test
  void another_origin_is_rejected() {
    var rejected =
        gateway.get("/v1/notes", "Origin", "https://evil.example", "Authorization", "Bearer x");
    assertThat(rejected.status()).isEqualTo(403);
    assertThat(rejected.code()).isEqualTo("FORBIDDEN");
    assertThat(rejected.header("access-control-allow-origin")).isNull();
    assertThat(rejected.header("www-authenticate")).as("it is no fault of the token").isNull();
  }

  @Test
  void the_gateways_own_page_needs_no_leave() {
    var own = Loopback.url(gateway.port()).toString();
    assertThat(gateway.send("POST", "/v1/counts", null, "Origin", own).status()).isEqualTo(200);
  }

  @Test
  void without_the_setting_nothing_is_said_of_origins() {
    var answer = closed.get("/v1/notes", "Origin", SHOP);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("access-control-allow-origin")).isNull();
  }
}
