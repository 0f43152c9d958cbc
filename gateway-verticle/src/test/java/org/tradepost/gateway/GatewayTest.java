package org.tradepost.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.common.testing.TestNode.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.runtime.ClusterNode;
import org.tradepost.common.testing.TestNode;
import org.tradepost.common.testing.TestTokens;

class GatewayTest {

  private static ClusterNode node;
  private static TestTokens tokens;
  private static Shelf shelf;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    tokens = TestTokens.serve(node);
    shelf = new Shelf(node);
    await(node.deploy(shelf));
    gateway = TestGateway.start(node);
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  @Test
  void a_read_reaches_the_service_and_comes_back() {
    var answer = gateway.get("/v1/notes/a%20b%2Fc");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("id").asText()).isEqualTo("a b/c");
    assertThat(answer.header("etag")).isEqualTo("\"v1\"");
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("x-request-id")).isNotBlank();
  }

  @Test
  void the_document_is_there() {
    var answer = gateway.get("/openapi.json");
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void a_write_reaches_the_service_and_comes_back() {
    var answer =
        gateway.send(
            "POST",
            "/v1/notes",
            "{\"text\":\"milk\"}",
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer " + tokens.customer("u1"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.header("location")).isEqualTo("/v1/notes/a");
    assertThat(answer.header("secret")).isNull();
    assertThat(answer.json().path("id").asText())
        .isEqualTo(answer.header("idempotency-key"))
        .hasSize(36);
    assertThat(shelf.calls).isNotEmpty();
  }
}
