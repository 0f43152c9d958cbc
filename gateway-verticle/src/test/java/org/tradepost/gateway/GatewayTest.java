package org.tradepost.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Promise;
import java.io.UncheckedIOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.gateway.TestGateway.Response;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestTokens;

/** The path of a request to a service and back. */
class GatewayTest {

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
    customer = "Bearer " + tokens.customer("u1");
  }

  @Test
  void a_read_reaches_the_service_and_comes_back() {
    var answer = gateway.get("/v1/notes/a");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"id\":\"a\",\"text\":\"text\"}");
    assertThat(answer.header("etag")).isEqualTo("\"v1\"");
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
  }

  @Test
  void a_path_parameter_is_decoded() {
    assertThat(gateway.get("/v1/notes/a%20b%2Fc+d%C3%A9").json().path("id").asText())
        .isEqualTo("a b/c+dé");
  }

  @Test
  void a_literal_path_is_found_before_a_template() {
    assertThat(gateway.get("/v1/notes/mine", "Authorization", customer).text())
        .isEqualTo("{\"id\":\"u1\",\"text\":\"mine\"}");
    assertThat(gateway.get("/v1/n%6Ftes/%6Dine", "Authorization", customer).json().path("id"))
        .hasToString("\"u1\"");
  }

  @Test
  void query_parameters_reach_the_service() {
    gateway.get("/v1/notes?q=a%26b+c&limit=7");
    assertThat(notes.listed).contains(new NoteService.ListNotes(7, "a&b c"));
  }

  @Test
  void a_write_reaches_the_service_and_comes_back() {
    var answer = add("Idempotency-Key", "k1");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text()).isEqualTo("{\"id\":\"k1\",\"text\":\"milk\"}");
    assertThat(answer.header("location")).isEqualTo("/v1/notes/a");
    assertThat(answer.header("idempotency-key")).isEqualTo("k1");
  }

  @Test
  void header_fields_that_the_description_does_not_name_stay_inside() {
    assertThat(add("X-Any", "x").header("secret")).isNull();
  }

  @Test
  void a_key_is_made_when_the_client_has_none() {
    var answer = add("X-Any", "x");
    assertThat(answer.header("idempotency-key")).hasSize(36);
    assertThat(answer.json().path("id").asText()).isEqualTo(answer.header("idempotency-key"));
  }

  @Test
  void a_key_is_told_even_when_the_request_is_rejected() {
    var rejected =
        gateway.send(
            "POST",
            "/v1/notes",
            "{",
            "Content-Type",
            "application/json",
            "Authorization",
            customer);
    assertThat(rejected.status()).isEqualTo(400);
    assertThat(rejected.header("idempotency-key")).hasSize(36);
  }

  @Test
  void success_without_a_body_has_none() {
    var answer =
        gateway.send("DELETE", "/v1/notes/a", null, "Authorization", "Bearer " + tokens.admin());
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("content-type")).isNull();
  }

  @Test
  void a_body_that_nobody_wants_is_left_aside() {
    var answer = gateway.send("POST", "/v1/counts", "anything", "Content-Type", "text/plain");
    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*"})
  void what_the_client_has_is_not_sent_again(String tags) {
    var answer = gateway.get("/v1/notes/a", "If-None-Match", tags);
    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("etag")).isEqualTo("\"v1\"");
  }

  @Test
  void what_the_client_has_not_is_sent() {
    assertThat(gateway.get("/v1/notes/a", "If-None-Match", "\"v2\"").status()).isEqualTo(200);
  }

  @Test
  void head_says_what_get_would() {
    var answer = gateway.send("HEAD", "/v1/notes/a", null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("etag")).isEqualTo("\"v1\"");
    assertThat(answer.header("content-length")).isEqualTo("24");
    assertThat(gateway.send("HEAD", "/v1/nothing", null).status()).isEqualTo(404);
  }

  @Test
  void options_tells_the_methods() {
    var answer = gateway.send("OPTIONS", "/v1/notes", null);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
  }

  @Test
  void a_request_id_goes_all_the_way_and_back() {
    var answer = gateway.get("/v1/notes/a", "X-Request-Id", "my-id.1");
    assertThat(answer.header("x-request-id")).isEqualTo("my-id.1");
    assertThat(notes.calls).anyMatch(call -> "my-id.1".equals(call.requestId()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "<script>", "x\ty"})
  void a_request_id_that_is_none_is_replaced(String id) {
    assertThat(gateway.get("/v1/notes/a", "X-Request-Id", id).header("x-request-id"))
        .hasSize(16)
        .isNotEqualTo(id);
  }

  @Test
  void a_trace_goes_on() {
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    gateway.get("/v1/notes/a", "traceparent", trace);
    assertThat(notes.calls).anyMatch(call -> trace.equals(call.traceparent()));
  }

  @Test
  void a_trace_begins_where_there_is_none() {
    gateway.get("/v1/notes/a", "X-Request-Id", "traced", "traceparent", "00-0-0-0");
    assertThat(notes.calls)
        .filteredOn(call -> "traced".equals(call.requestId()))
        .singleElement()
        .satisfies(
            call -> assertThat(call.traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00"));
  }

  @Test
  void the_time_that_is_left_travels() {
    gateway.get("/v1/notes/a", "X-Request-Id", "timed");
    assertThat(notes.calls)
        .filteredOn(call -> "timed".equals(call.requestId()))
        .singleElement()
        .satisfies(call -> assertThat(call.remaining()).isLessThan(10_000));
  }

  @Test
  void fields_of_the_bus_do_not_come_from_clients() {
    gateway.get("/v1/notes/a", "requestId", "forged", "timeout", "1");
    assertThat(notes.calls).noneMatch(call -> "forged".equals(call.requestId()));
  }

  @Test
  void what_is_in_flight_is_finished_before_it_leaves() {
    var leaving = TestGateway.start(node, "TRADEPOST_REQUEST_TIMEOUT_SECONDS", "60");
    notes.ownGate = Promise.promise();
    var asked = notes.calls.size();
    var answer = leaving.sendAsync("GET", "/v1/notes/mine", "Authorization", customer);
    Awaitility.await().until(() -> notes.calls.size() > asked);
    var left = node.vertx().undeploy(leaving.id);
    Awaitility.await().until(() -> isClosed(leaving.port()));
    notes.ownGate.complete();
    notes.ownGate = null;
    assertThat(answer.join().status()).isEqualTo(200);
    await(left);
  }

  private static boolean isClosed(int port) {
    try (var client = new RawClient(port)) {
      return client.isClosed();
    } catch (UncheckedIOException refused) {
      return true;
    }
  }

  private static Response add(String header, String value) {
    return gateway.send(
        "POST",
        "/v1/notes",
        "{\"text\":\"milk\"}",
        "Content-Type",
        "application/json",
        "Authorization",
        customer,
        header,
        value);
  }
}
