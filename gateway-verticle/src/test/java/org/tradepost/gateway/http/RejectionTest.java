package org.tradepost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.gateway.GatewaySetup;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.TestGateway;
import org.tradepost.gateway.TestGateway.Response;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

/** How error codes appear over HTTP. */
class RejectionTest {

  private static final String JSON = "application/json";
  @AutoClose private static GatewaySetup setup;
  private static ClusterNode node;
  private static TestTokens tokens;
  private static NoteService notes;
  private static TestGateway gateway;
  private static String customer;

  @BeforeAll
  static void start() {
    setup = new GatewaySetup();
    node = setup.node;
    tokens = setup.tokens;
    notes = setup.notes;
    gateway = setup.gateway;
    customer = tokens.customer("u1");
  }

  @Test
  void malformed_json_gets_400() {
    var rejected = add("{\"text\":");
    assertThat(rejected.status()).isEqualTo(400);
    assertThat(rejected.code()).isEqualTo("MALFORMED_JSON");
  }

  @Test
  void every_fault_of_a_body_has_its_pointer() {
    var rejected = add("{\"text\":7,\"txet\":\"x\"}");
    assertThat(rejected.code()).isEqualTo("INVALID_REQUEST");
    assertThat(rejected.json().path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/text", "/txet");
  }

  @Test
  void a_body_that_is_missing_gets_400() {
    var rejected = send("POST", "/v1/notes", null, "Authorization", "Bearer " + customer);
    assertThat(rejected.status()).isEqualTo(400);
    assertThat(rejected.code()).isEqualTo("INVALID_REQUEST");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, /limit",
    "limit=many, /limit",
    "limit=1&limit=2, /limit",
    "wrong=1, /wrong",
    "a%2Fb=1, /a~1b",
    "Limit=1, /Limit"
  })
  void a_wrong_query_has_its_pointer(String query, String pointer) {
    var rejected = gateway.get("/v1/notes?" + query);
    assertThat(rejected.status()).isEqualTo(400);
    assertThat(rejected.code()).isEqualTo("INVALID_REQUEST");
    assertThat(rejected.json().path("errors").findValuesAsText("pointer")).containsExactly(pointer);
  }

  @Test
  void no_token_gets_401_and_a_challenge_without_error() {
    var rejected = gateway.get("/v1/notes/mine");
    assertThat(rejected.status()).isEqualTo(401);
    assertThat(rejected.code()).isEqualTo("UNAUTHENTICATED");
    assertThat(rejected.header("www-authenticate")).isEqualTo("Bearer realm=\"tradepost\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer a b", "Bearer x", "bearer a.b.c"})
  void no_user_token_gets_401_and_a_challenge(String authorization) {
    assertRejected(authorization);
  }

  @Test
  void an_expired_token_gets_401() {
    assertRejected("Bearer " + tokens.token("u1", Set.of(), "s", Instant.now().minusSeconds(60)));
  }

  @Test
  void a_forged_token_gets_401() {
    var parts = customer.split("\\.");
    var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    assertRejected(
        "Bearer "
            + parts[0]
            + "."
            + base64(claims.replace("\"customer\"", "\"admin\""))
            + "."
            + parts[2]);
  }

  @Test
  void a_token_of_no_algorithm_gets_401() {
    var header = base64(new JsonObject().put("alg", "none").put("typ", "at+jwt").encode());
    assertRejected("Bearer " + header + "." + customer.split("\\.")[1] + ".");
  }

  @Test
  void a_service_token_gets_401_over_http() {
    var token = new ServiceTokens(node.vertx(), "notes", TestNode.SECRET).token();
    assertRejected("Bearer " + token);
  }

  @Test
  void a_revoked_token_gets_401() {
    var token = tokens.token("u1", Set.of(), "s9", Instant.now().plusSeconds(60));
    assertThat(gateway.get("/v1/notes/mine", "Authorization", "Bearer " + token).status())
        .isEqualTo(200);
    tokens.revoke("s9");
    assertRejected("Bearer " + token);
  }

  @Test
  void a_role_that_is_missing_gets_403() {
    var rejected = send("DELETE", "/v1/notes/a", null, "Authorization", "Bearer " + customer);
    assertThat(rejected.status()).isEqualTo(403);
    assertThat(rejected.code()).isEqualTo("FORBIDDEN");
    assertThat(rejected.header("www-authenticate"))
        .isEqualTo("Bearer realm=\"tradepost\", error=\"insufficient_scope\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/v1/", "/v1/notes/", "/v1/notes/a/b", "/V1/notes", "/x"})
  void an_unknown_path_gets_404(String path) {
    var rejected = gateway.get(path);
    assertThat(rejected.status()).isEqualTo(404);
    assertThat(rejected.code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void a_wrong_method_gets_405_with_those_allowed() {
    var rejected = send("PUT", "/v1/notes/a", "{}", "Content-Type", JSON);
    assertThat(rejected.status()).isEqualTo(405);
    assertThat(rejected.code()).isEqualTo("METHOD_NOT_ALLOWED");
    assertThat(rejected.header("allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH");
  }

  @Test
  void a_body_that_is_too_large_gets_413() {
    var rejected = add("{\"text\":\"" + "x".repeat(70_000) + "\"}");
    assertThat(rejected.status()).isEqualTo(413);
    assertThat(rejected.code()).isEqualTo("PAYLOAD_TOO_LARGE");
  }

  @Test
  void a_body_of_unknown_length_that_is_too_large_gets_413() {
    var rejected =
        gateway.sendBody(
            "POST",
            "/v1/notes",
            BodyPublishers.fromPublisher(BodyPublishers.ofString("x".repeat(70_000))),
            "Content-Type",
            JSON,
            "Authorization",
            "Bearer " + customer);
    assertThat(rejected.status()).isEqualTo(413);
    assertThat(rejected.code()).isEqualTo("PAYLOAD_TOO_LARGE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/merge-patch+json", "application/jsonx", "json", ";"})
  void a_wrong_content_type_gets_415(String type) {
    var rejected = send("POST", "/v1/notes", "{}", "Content-Type", type);
    assertThat(rejected.status()).isEqualTo(415);
    assertThat(rejected.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void a_missing_content_type_gets_415() {
    assertThat(send("POST", "/v1/notes", "{}").status()).isEqualTo(415);
  }

  @Test
  void a_content_type_may_have_parameters() {
    var added =
        send(
            "POST",
            "/v1/notes",
            "{\"text\":\"x\"}",
            "Content-Type",
            "Application/JSON; charset=utf-8",
            "Authorization",
            "Bearer " + customer);
    assertThat(added.status()).isEqualTo(201);
  }

  @Test
  void a_missing_precondition_gets_428() {
    var rejected =
        send(
            "PATCH",
            "/v1/notes/a",
            "{\"text\":\"x\"}",
            "Content-Type",
            "application/merge-patch+json",
            "Authorization",
            "Bearer " + customer);
    assertThat(rejected.status()).isEqualTo(428);
    assertThat(rejected.code()).isEqualTo("PRECONDITION_REQUIRED");
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, 404",
    "OUT_OF_STOCK, 409",
    "PRECONDITION_FAILED, 412",
    "IDEMPOTENCY_MISMATCH, 422",
    "INVALID_CREDENTIALS, 401",
    "INVALID_CURSOR, 400"
  })
  void a_rejection_of_the_service_is_passed_on(String code, int status) {
    var rejected = gateway.get("/v1/rejections/" + code);
    assertThat(rejected.status()).isEqualTo(status);
    assertThat(rejected.code()).isEqualTo(code);
    assertThat(rejected.json().path("details").path("left").asInt()).isEqualTo(3);
    assertThat(rejected.json().path("title").asText()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "TOO_MANY_ATTEMPTS, 429, 7",
    "TOO_MANY_REQUESTS, 429, 1",
    "OVERLOADED, 503, 1",
    "UNAVAILABLE, 503, 1"
  })
  void a_rejection_for_now_says_when_to_come_back(String code, int status, String seconds) {
    var rejected = gateway.get("/v1/rejections/" + code);
    assertThat(rejected.status()).isEqualTo(status);
    assertThat(rejected.code()).isEqualTo(code);
    assertThat(rejected.header("retry-after")).isEqualTo(seconds);
  }

  @Test
  void a_fault_stays_a_fault_and_tells_nothing() {
    var rejected = gateway.get("/v1/rejections/fault");
    assertThat(rejected.status()).isEqualTo(500);
    assertThat(rejected.code()).isEqualTo("INTERNAL");
    assertThat(rejected.text()).doesNotContain("secret");
  }

  @Test
  void the_service_is_not_asked_what_the_gateway_rejects() {
    var before = notes.calls.size();
    gateway.get("/v1/notes/mine");
    gateway.get("/v1/notes?wrong=1");
    send("POST", "/v1/notes", "{}", "Content-Type", "text/plain");
    assertThat(notes.calls).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic dTpw", "Bearer", "Bearer ", "x"})
  void without_a_token_the_challenge_names_no_error(String authorization) {
    var rejected = gateway.get("/v1/notes/mine", "Authorization", authorization);
    assertThat(rejected.status()).isEqualTo(401);
    assertThat(rejected.header("www-authenticate")).isEqualTo("Bearer realm=\"tradepost\"");
  }

  private static void assertRejected(String authorization) {
    var rejected = gateway.get("/v1/notes/mine", "Authorization", authorization);
    assertThat(rejected.status()).isEqualTo(401);
    assertThat(rejected.code()).isEqualTo("UNAUTHENTICATED");
    assertThat(rejected.header("www-authenticate"))
        .isEqualTo("Bearer realm=\"tradepost\", error=\"invalid_token\"");
  }

  private static Response add(String body) {
    return send(
        "POST", "/v1/notes", body, "Content-Type", JSON, "Authorization", "Bearer " + customer);
  }

  private static Response send(String method, String path, String body, String... headers) {
    return gateway.send(method, path, body, headers);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
