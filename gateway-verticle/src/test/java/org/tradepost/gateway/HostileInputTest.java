package org.tradepost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.platform.testing.TestTokens;

/** Input from clients that are not well-behaved. */
class HostileInputTest {

  private static final String HOST = "Host: localhost\r\n";

  @AutoClose private static GatewaySetup setup;
  private static TestTokens tokens;
  private static NoteService notes;
  private static TestGateway gateway;

  /** A gateway with timeouts of one or two seconds; the other tests do not need these. */
  private static TestGateway impatient;

  private static String post;

  @BeforeAll
  static void start() {
    setup = new GatewaySetup();
    tokens = setup.tokens;
    notes = setup.notes;
    gateway = setup.gateway;
    impatient =
        TestGateway.start(
            setup.node,
            "TRADEPOST_BODY_TIMEOUT_SECONDS",
            "1",
            "TRADEPOST_IDLE_TIMEOUT_SECONDS",
            "2");
    post =
        "POST /v1/notes HTTP/1.1\r\n"
            + HOST
            + "Content-Type: application/json\r\nAuthorization: Bearer "
            + tokens.customer("u1")
            + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET\r\n\r\n",
        "GET /v1/notes/a HTTP/1.1\r\n\r\n",
        "GET /v1/notes/a HTTP/1.1\r\nHost: \u0001\r\n\r\n",
        "GET /v1/notes/a HTTP/1.1\r\nHost: a b c\r\n\r\n",
        "GET /v1/notes/a HTTP/1.1\r\nHost localhost\r\n\r\n",
        "GET /v1/notes/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /v1/notes/% HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /v1/notes?q=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /v1/notes?q=% HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /v1/notes?%00=1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /v1/counts HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/counts HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n",
        "POST /v1/counts HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      })
  void what_is_not_well_formed_gets_400(String request) {
    assertThat(ask(request)).containsPattern("^HTTP/1.[01] 400 ").satisfies(this::isProblem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /docs/assets/../../openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET //v1/notes HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /notes.description HTTP/1.1\r\nHost: localhost\r\n\r\n",
      })
  void what_leads_nowhere_gets_404(String request) {
    assertThat(ask(request)).startsWith("HTTP/1.1 404 ").satisfies(this::isProblem);
  }

  @Test
  void an_absolute_target_is_understood() {
    assertThat(ask("GET http://localhost/v1/notes/a HTTP/1.1\r\n" + HOST + "\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void an_unknown_method_gets_405() {
    assertThat(ask("BREW /v1/notes HTTP/1.1\r\n" + HOST + "\r\n"))
        .startsWith("HTTP/1.1 405 ")
        .contains("allow: GET, HEAD, OPTIONS, POST")
        .satisfies(this::isProblem);
  }

  @Test
  void a_request_line_that_is_too_long_gets_414() {
    assertThat(ask("GET /v1/notes?q=" + "x".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
        .containsPattern("^HTTP/1.[01] 414 ")
        .contains("URI_TOO_LONG")
        .satisfies(this::isProblem);
  }

  @Test
  void headers_that_are_too_large_get_431() {
    assertThat(ask("GET /v1/notes HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(17_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431 ")
        .contains("HEADERS_TOO_LARGE")
        .satisfies(this::isProblem);
  }

  @Test
  void a_length_that_is_too_large_gets_413_before_the_body() {
    assertThat(ask(post + "Content-Length: 65537\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ")
        .containsIgnoringCase("connection: close")
        .satisfies(this::isProblem);
  }

  @Test
  void a_length_beyond_all_measure_gets_no_fault() {
    assertThat(ask(post + "Content-Length: 99999999999999999999\r\n\r\n"))
        .containsPattern("^HTTP/1.1 4(00|13) ")
        .satisfies(this::isProblem);
  }

  @Test
  void chunks_that_become_too_much_get_413_and_the_end_of_the_connection() {
    try (var client = new RawClient(gateway.port())) {
      client.send(post + "Transfer-Encoding: chunked\r\n\r\n");
      for (var i = 0; i < 9; i++) {
        client.send("2000\r\n" + "x".repeat(0x2000) + "\r\n");
      }
      assertThat(client.readResponse()).startsWith("HTTP/1.1 413 ").satisfies(this::isProblem);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void a_client_that_asks_first_is_told_to_keep_a_body_that_is_too_large() {
    try (var client = new RawClient(gateway.port())) {
      client.send(post + "Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n");
      assertThat(client.readResponse()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void a_client_that_asks_first_is_told_to_go_on() {
    try (var client = new RawClient(gateway.port())) {
      client.send(post + "Expect: 100-continue\r\nContent-Length: 15\r\n\r\n");
      assertThat(client.readResponse()).startsWith("HTTP/1.1 100 ");
      assertThat(client.send("{\"text\":\"milk\"}").readResponse()).startsWith("HTTP/1.1 201 ");
    }
  }

  @Test
  void a_client_of_http_1_0_is_not_told_to_go_on() {
    var body = "Expect: 100-continue\r\nContent-Length: 15\r\n\r\n{\"text\":\"milk\"}";
    assertThat(ask(post.replace("HTTP/1.1", "HTTP/1.0") + body)).contains(" 201 ");
  }

  @Test
  void a_body_that_never_ends_gets_408_and_the_end_of_the_connection() {
    var before = notes.added.size();
    try (var client = new RawClient(impatient.port())) {
      assertEnded(client.send(post + "Content-Length: 15\r\n\r\n{\"text\""), 408);
    }
    assertThat(notes.added).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "GET /v1/notes HTTP/1.1", "GET /v1/notes HTTP/1.1\r\nHost: loc"})
  void a_head_that_never_ends_gets_408_and_the_end_of_the_connection(String half) {
    try (var client = new RawClient(impatient.port())) {
      client.send("\r\n" + half);
      assertEnded(client, 408);
    }
    try (var client = new RawClient(impatient.port())) {
      client.send("GET /v1/notes/a HTTP/1.1\r\n" + HOST + "\r\n" + half);
      assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
      assertEnded(client, 408);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n"})
  void a_connection_that_says_nothing_is_closed_without_a_word(String nothing) {
    try (var client = new RawClient(impatient.port())) {
      assertThat(client.send(nothing).readAll()).isEmpty();
    }
    try (var client = new RawClient(impatient.port())) {
      client.send("GET /v1/notes/a HTTP/1.1\r\n" + HOST + "\r\n" + nothing);
      assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
      assertThat(client.readAll()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "GET /v1/notes HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: y"})
  void a_head_that_breaks_off_gets_400(String half) {
    try (var client = new RawClient(gateway.port())) {
      client.send("GET /v1/notes/a HTTP/1.1\r\n" + HOST + "\r\n" + half).finish();
      assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
      assertEnded(client, 400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 15\r\n\r\n",
        "Content-Length: 15\r\n\r\n{\"text\"",
        "Transfer-Encoding: chunked\r\n\r\n7\r\n{\"text\"",
        "Transfer-Encoding: chunked\r\n\r\nf\r\n{\"text\":\"milk\"}\r\n0\r\n"
      })
  void a_body_that_breaks_off_gets_400(String half) {
    var before = notes.added.size();
    try (var client = new RawClient(gateway.port())) {
      client.send(post + half).finish();
      assertEnded(client, 400);
    }
    assertThat(notes.added).hasSize(before);
  }

  @Test
  void who_hangs_up_between_requests_gets_nothing() {
    try (var client = new RawClient(gateway.port())) {
      client.send("GET /v1/notes/a HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
      assertThat(client.finish().readAll()).isEmpty();
    }
  }

  private void assertEnded(RawClient client, int status) {
    assertThat(client.readResponse())
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("connection: close")
        .satisfies(this::isProblem);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void requests_one_after_the_other_on_one_connection_are_all_answered() {
    try (var client = new RawClient(gateway.port())) {
      var rejected = "POST /v1/notes HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\n\r\nmilk";
      client.send(rejected + "GET /v1/notes/b HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.readResponse()).startsWith("HTTP/1.1 415 ");
      assertThat(client.readResponse())
          .startsWith("HTTP/1.1 200 ")
          .endsWith("\"b\",\"text\":\"text\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%0d%0aauthorization:x", "%00", "%ff%fe", "%F0%9F%98%80", ".", "a;b=c"})
  void odd_characters_are_the_services_to_judge(String id) {
    assertThat(ask("GET /v1/notes/" + id + " HTTP/1.1\r\n" + HOST + "\r\n"))
        .containsPattern("^HTTP/1.1 (200|400) ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0080\u00ff", "\u007f", "a\tb", "\u0001", "a\r\n folded", ""})
  void an_odd_key_is_no_fault(String key) {
    var body = "Content-Length: 15\r\n\r\n{\"text\":\"milk\"}";
    assertThat(ask(post + "Idempotency-Key: " + key + "\r\n" + body))
        .containsPattern("^HTTP/1.[01] (201|400) ");
  }

  private void isProblem(String answer) {
    assertThat(answer)
        .containsIgnoringCase("content-type: application/problem+json")
        .containsIgnoringCase("x-request-id: ")
        .contains("\"requestId\":");
  }

  private static String ask(String request) {
    try (var client = new RawClient(gateway.port())) {
      return client.send(request).readResponse();
    }
  }
}
