package org.tradepost.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.gateway.GatewaySetup;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

/** A client that always sends its token, valid or not. */
class StaleTokenTest {

  static final List<String> KINDS =
      List.of(
          "expired", "revoked", "foreign", "service", "Bearer x", "Bearer a b", "Basic dTpw", "");

  @AutoClose private static GatewaySetup setup;
  private static ClusterNode node;
  private static TestTokens tokens;
  private static NoteService notes;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    setup = new GatewaySetup();
    node = setup.node;
    tokens = setup.tokens;
    notes = setup.notes;
    gateway = setup.gateway;
    tokens.revoke("ended");
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void where_none_is_needed_it_changes_nothing(String kind) {
    for (var path :
        List.of("/v1/notes", "/v1/notes/a", "/v1/inventory", "/openapi.json", "/docs")) {
      var answer = gateway.get(path, "Authorization", credentials(kind));
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.header("www-authenticate")).isNull();
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void where_one_makes_a_difference_an_anonymous_caller_is_rejected_for_what_is_wrong_with_it(
      String kind) {
    var path = "/v1/rejections/UNAUTHENTICATED";
    var sent = credentials(kind);
    var answer = gateway.get(path, "Authorization", sent);
    assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
    assertThat(answer.header("www-authenticate").endsWith("error=\"invalid_token\""))
        .isEqualTo(sent.startsWith("Bearer "));
    assertThat(gateway.get(path).header("www-authenticate"))
        .isEqualTo("Bearer realm=\"tradepost\"");
    assertThat(gateway.get("/v1/rejections/CONFLICT", "Authorization", credentials(kind)).code())
        .isEqualTo("CONFLICT");
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void where_one_is_needed_it_is_rejected(String kind) {
    assertThat(gateway.get("/v1/notes/mine", "Authorization", credentials(kind)).status())
        .isEqualTo(401);
  }

  @Test
  void only_who_says_that_it_looks_at_callers_gets_to_know_them() {
    var customer = "Bearer " + tokens.customer("u1");
    // A new gateway has nothing in its cache.
    var fresh = TestGateway.start(node);
    try {
      fresh.get("/v1/notes/a", "Authorization", customer);
      assertThat(lastCaller()).isEqualTo(Caller.ANONYMOUS);
      fresh.get("/v1/inventory", "Authorization", customer);
      assertThat(lastCaller().subject()).isEqualTo("u1");
      fresh.get("/v1/inventory", "Authorization", credentials("expired"));
      assertThat(lastCaller()).isEqualTo(Caller.ANONYMOUS);
    } finally {
      fresh.stop();
    }
  }

  private static Caller lastCaller() {
    return notes.calls.get(notes.calls.size() - 1).caller();
  }

  private static String credentials(String kind) {
    var soon = Instant.now().plusSeconds(60);
    return switch (kind) {
      case "expired" ->
          "Bearer " + tokens.token("u1", Set.of(), "s", Instant.now().minusSeconds(60));
      case "revoked" -> "Bearer " + tokens.token("u1", Set.of(), "ended", soon);
      case "foreign" -> "Bearer " + tokens.token("u1", Set.of(), "s", soon).replaceAll("..$", "xx");
      case "service" ->
          "Bearer " + new ServiceTokens(node.vertx(), "notes", TestNode.SECRET).token();
      default -> kind;
    };
  }
}
