package org.tradepost.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.gateway.GatewaySetup;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.RawClient;
import org.tradepost.gateway.TestGateway;
import org.tradepost.gateway.TestGateway.Response;
import org.tradepost.platform.testing.TestTokens;

/** Input is read exactly as it is declared, or rejected if it is invalid. */
class StrictInputTest {

  @AutoClose private static GatewaySetup setup;
  private static TestTokens tokens;
  private static NoteService notes;
  private static TestGateway gateway;
  private static String customer;

  @BeforeAll
  static void start() {
    setup = new GatewaySetup();
    tokens = setup.tokens;
    notes = setup.notes;
    gateway = setup.gateway;
    customer = "Bearer " + tokens.customer("u1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "application/json;charset=UTF-32LE",
        "application/json; charset=\"utf-7\"",
        "application/json; charset=",
        "application/json; charset=utf-8; charset=utf-16",
      })
  void another_charset_gets_415(String type) {
    assertThat(add("{\"text\":\"milk\"}", StandardCharsets.UTF_8, "Content-Type", type).code())
        .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON; Charset=UTF-8",
        "application/json;charset=\"utf-8\"",
        "application/json; charset=utf8",
        "application/json; odata=verbose"
      })
  void utf_8_may_be_named(String type) {
    assertThat(add("{\"text\":\"milk\"}", StandardCharsets.UTF_8, "Content-Type", type).status())
        .isEqualTo(201);
  }

  @Test
  void two_content_types_get_415() {
    var json = "application/json";
    assertThat(add("{}", StandardCharsets.UTF_8, "Content-Type", json, "Content-Type", json).code())
        .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "deflate", "identity, gzip", "GZIP", "x-unknown", "*"})
  void a_content_coding_gets_415_and_what_is_taken(String coding) {
    var rejected = json("{\"text\":\"milk\"}", "Content-Encoding", coding);
    assertThat(rejected.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    assertThat(rejected.header("accept-encoding")).isEqualTo("identity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "Identity", "", "identity, identity"})
  void no_coding_may_be_named(String coding) {
    assertThat(json("{\"text\":\"milk\"}", "Content-Encoding", coding).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "ISO-8859-1"})
  void a_body_in_another_encoding_gets_400(String charset) {
    var before = notes.added.size();
    var rejected =
        add(
            "{\"text\":\"caf\u00e9\"}",
            Charset.forName(charset),
            "Content-Type",
            "application/json");
    assertThat(rejected.status()).isEqualTo(400);
    assertThat(rejected.code()).isEqualTo("MALFORMED_JSON");
    assertThat(rejected.json().at("/errors/0/in").asText()).isEqualTo("body");
    assertThat(notes.added).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/notes/%C0%AF, path",
    "/v1/notes/%E0%80%AF, path",
    "/v1/notes/%ED%A0%80, path",
    "/v1/notes/%FF, path",
    "/v1/notes/a%C3, path",
    "/v1/notes/%zz, path",
    "/v1/notes/%4, path",
    "/v1/n%C0%AFtes, path",
    "/v1/notes?q=%C0%AF, query",
    "/v1/notes?q=%ED%B0%80, query",
    "/v1/notes?q=a%, query",
    "/v1/notes?q=%+1, query",
    "/v1/notes?%FF=1, query",
    "/v1/notes?limit=%C0%B1, query",
  })
  void what_is_no_percent_encoded_utf_8_gets_400(String target, String in) {
    var rejected = raw(target);
    assertThat(rejected).startsWith("HTTP/1.1 400 ").contains("\"in\":\"" + in + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/notes/caf\u00c3\u00a9", "/v1/notes?q=caf\u00c3\u00a9"})
  void bytes_that_no_uri_has_get_400(String target) {
    assertThat(raw(target)).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/notes?q=caf%C3%A9, caf\u00e9",
    "/v1/notes?q=%F0%9F%98%80, \ud83d\ude00",
    "/v1/notes?q=a+b, a b",
    "/v1/notes?q=a%2Bb, a+b",
    "/v1/notes?&q=a=b&, a=b",
    "/v1/notes?q=a;b, a;b",
  })
  void a_query_is_decoded(String target, String q) {
    assertThat(gateway.get(target, "Authorization", customer).status()).isEqualTo(200);
    assertThat(notes.listed.get(notes.listed.size() - 1).q()).isEqualTo(q);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=2.0, 200",
    "limit=2e0, 200",
    "limit=+2, 400",
    "limit=02, 400",
    "limit=2.5, 400"
  })
  void a_number_of_the_query_is_one_of_json(String query, int status) {
    assertThat(gateway.get("/v1/notes?" + query).status()).isEqualTo(status);
  }

  @Test
  void every_fault_says_where_it_is() {
    assertThat(place(gateway.get("/v1/notes?limit=0"))).isEqualTo("query /limit");
    assertThat(place(gateway.get("/v1/notes?who=me"))).isEqualTo("query /who");
    assertThat(place(json("{\"text\":7}"))).isEqualTo("body /text");
    assertThat(place(json("{\"text\":\"x\"}", "Idempotency-Key", "k".repeat(201))))
        .isEqualTo("header /Idempotency-Key");
  }

  @Test
  void a_wrong_place_of_events_says_where_it_is() {
    var after = gateway.get("/v1/events?after=x", "Authorization", customer);
    assertThat(after.json().at("/errors/0/in").asText()).isEqualTo("query");
    assertThat(after.json().at("/errors/0/pointer").asText()).isEqualTo("/after");
    var last = gateway.get("/v1/events/stream", "Authorization", customer, "Last-Event-ID", "x");
    assertThat(last.json().at("/errors/0/in").asText()).isEqualTo("header");
    assertThat(last.json().at("/errors/0/pointer").asText()).isEqualTo("/Last-Event-ID");
  }

  @Test
  void many_faults_of_a_query_are_told_in_part() {
    var query = new StringBuilder("a=1");
    for (var i = 0; i < 900; i++) {
      query.append("&b").append(i).append("=%C0");
    }
    var rejected = gateway.get("/v1/notes?" + query);
    assertThat(rejected.json().path("errors")).hasSize(20);
    assertThat(rejected.json().path("detail").asText()).contains("901 places");
  }

  @Test
  void no_answer_repeats_what_is_longer_than_it_may_be() {
    var rejected = json("{\"text\":\"x\"}", "Idempotency-Key", "k".repeat(8_000));
    assertThat(rejected.status()).isEqualTo(400);
    assertThat(rejected.raw().headers().map().toString().length()).isLessThan(1_000);
    var unknown = gateway.get("/v1/notes?" + "%7E".repeat(2_500) + "=1");
    assertThat(unknown.text().length()).isLessThan(1_000);
  }

  private static String place(Response rejected) {
    assertThat(rejected.code()).isEqualTo("INVALID_REQUEST");
    return rejected.json().at("/errors/0/in").asText()
        + " "
        + rejected.json().at("/errors/0/pointer").asText();
  }

  private static Response json(String body, String... headers) {
    var all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = "application/json";
    return add(body, StandardCharsets.UTF_8, all);
  }

  private static Response add(String body, Charset charset, String... headers) {
    var all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Authorization";
    all[1] = customer;
    return gateway.sendBody(
        "POST", "/v1/notes", BodyPublishers.ofByteArray(body.getBytes(charset)), all);
  }

  private static String raw(String target) {
    try (var client = new RawClient(gateway.port())) {
      return client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").readResponse();
    }
  }
}
