package org.tradepost.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.runtime.ClusterNode;
import org.tradepost.common.testing.TestNode;

/** A service that is there but does not answer. */
class DownstreamTest {

  private static final int NEVER = 1_000;
  private static ClusterNode node;
  private static Shelf shelf;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    shelf = new Shelf(node);
    TestNode.await(node.deploy(shelf));
    gateway = TestGateway.start(node, "TRADEPOST_REQUEST_TIMEOUT_SECONDS", "1");
  }

  @AfterAll
  static void stop() {
    TestNode.await(node.stop());
  }

  @AfterEach
  void recover() {
    shelf.silent.set(0);
    await().until(() -> gateway.get("/v1/notes/a").status() == 200);
  }

  @Test
  void what_may_be_repeated_is_tried_again() {
    var before = shelf.calls.size();
    shelf.silent.set(1);
    assertThat(gateway.get("/v1/notes/a").status()).isEqualTo(200);
    assertThat(shelf.calls).hasSize(before + 2);
  }

  @Test
  void what_may_be_repeated_is_not_tried_for_ever() {
    var before = shelf.calls.size();
    shelf.silent.set(2);
    assertUnavailable(gateway.get("/v1/notes/a"));
    assertThat(shelf.calls).hasSize(before + 2);
  }

  @Test
  void what_may_not_be_repeated_is_tried_once() {
    var before = shelf.calls.size();
    shelf.silent.set(1);
    assertUnavailable(gateway.send("POST", "/v1/counts", null));
    assertThat(shelf.calls).hasSize(before + 1);
  }

  @Test
  void after_some_silence_nobody_is_asked_until_it_is_over() {
    openTheCircuit();
    var before = shelf.calls.size();
    assertUnavailable(gateway.get("/v1/notes/a"));
    assertUnavailable(gateway.send("POST", "/v1/counts", null));
    assertThat(shelf.calls).hasSize(before);
    shelf.silent.set(0);
    await().until(() -> gateway.get("/v1/notes/a").status() == 200);
    assertThat(gateway.send("POST", "/v1/counts", null).status()).isEqualTo(200);
  }

  @Test
  void silence_does_not_open_the_circuit_while_others_are_answered() {
    var before = shelf.calls.size();
    shelf.silent.set(10);
    var calls = Stream.generate(() -> gateway.sendAsync("POST", "/v1/counts")).limit(10).toList();
    await().until(() -> shelf.calls.size() == before + 10);
    assertThat(gateway.send("POST", "/v1/counts", null).status()).isEqualTo(200);
    calls.forEach(call -> assertUnavailable(call.join()));
    assertThat(gateway.send("POST", "/v1/counts", null).status()).isEqualTo(200);
  }

  @Test
  void refusals_do_not_open_the_circuit() {
    for (var code : new String[] {"NOT_FOUND", "OUT_OF_STOCK", "OVERLOADED", "UNAVAILABLE"}) {
      for (var i = 0; i < 10; i++) {
        gateway.get("/v1/refusals/" + code);
      }
    }
    assertThat(gateway.get("/v1/notes/a").status()).isEqualTo(200);
  }

  @Test
  void while_no_key_is_known_a_token_is_neither_good_nor_bad() {
    var header = new JsonObject().put("alg", "RS256").put("typ", "at+jwt").encode();
    var encoded = Base64.getUrlEncoder().encodeToString(header.getBytes(StandardCharsets.UTF_8));
    assertUnavailable(
        gateway.get("/v1/notes/mine", "Authorization", "Bearer " + encoded + ".e30.e30"));
  }

  private static void openTheCircuit() {
    shelf.silent.set(NEVER);
    var calls = Stream.generate(() -> gateway.sendAsync("POST", "/v1/counts")).limit(10).toList();
    calls.forEach(call -> assertUnavailable(call.join()));
  }

  private static void assertUnavailable(TestGateway.Response answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.header("retry-after")).isEqualTo("1");
  }
}
