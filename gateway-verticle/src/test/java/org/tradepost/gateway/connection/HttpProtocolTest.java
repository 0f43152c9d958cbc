package org.tradepost.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
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
import org.tradepost.platform.testing.TestTokens;

/** What clients can get wrong in HTTP/1.1, and what they can write in several ways. */
class HttpProtocolTest {

  private static final String HOST = "Host: localhost\r\n";
  private static final String GET = "GET /v1/notes/a HTTP/1.1\r\n" + HOST;
  private static final String NEXT = "GET /v1/notes/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @AutoClose private static GatewaySetup setup;

  private static TestTokens tokens;
  private static NoteService notes;
  private static TestGateway gateway;
  private static String post;

  private final List<RawClient> clients = new ArrayList<>();

  @BeforeAll
  static void start() {
    setup = new GatewaySetup("TRADEPOST_CORS_ORIGINS", "https://shop.example");
    tokens = setup.tokens;
    notes = setup.notes;
    gateway = setup.gateway;
    post =
        "POST /v1/notes HTTP/1.1\r\n"
            + HOST
            + "Content-Type: application/json\r\nAuthorization: Bearer "
            + tokens.customer("u1")
            + "\r\n";
  }

  @AfterEach
  void hangUp() {
    clients.forEach(RawClient::close);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: a\r\nHost: b\r\n",
        "Host: a\r\nHost: a\r\n",
        "Host: a\r\nhOST: b\r\n",
        "Host: a b\r\n",
        "Host: a/b\r\n",
        "Host: a@b\r\n",
        "Host: a:b\r\n",
        "Host: a:80:80\r\n",
        "Host: [::1\r\n",
        "Host: a, b\r\nX: y\r\nHost: c\r\n",
        "Host: http://a\r\n",
        "Host: %zz\r\n",
        "Host : a\r\n",
        " Host: a\r\n",
        "Host: a\u0000\r\n",
        "Host: a\r\n X: folded\r\n",
      })
  void a_request_has_one_host(String lines) {
    reject("GET /v1/notes/a HTTP/1.1\r\n" + lines + "\r\n", 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "[::1]",
        "[::1]:8080",
        "127.0.0.1:",
        "xn--caf-dma.example",
        ""
      })
  void a_host_may_be_a_name_or_an_address(String host) {
    serve("GET /v1/notes/a HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
  }

  @Test
  void a_target_may_be_absolute() {
    serve("GET http://other.example/v1/notes/a HTTP/1.1\r\n" + HOST + "\r\n");
    serve("GET /v1/notes/a HTTP/1.0\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /v1/notes/a http/1.1, 505",
    "GET /v1/notes/a Http/1.0, 505",
    "GET /v1/notes/a HTTP/1.2, 505",
    "GET /v1/notes/a HTTP/2.0, 505",
    "GET /v1/notes/a HTTP/3.0, 505",
    "GET /v1/notes/a HTTP/0.9, 505",
    "PRI * HTTP/2.0, 505",
    "GET /v1/notes/a, 400",
    "GET /v1/notes/a HTTP/1, 400",
    "GET /v1/notes/a http/1.1 x, 400",
    "GET /v1/notes/a ICY/1.1, 505",
    "GET  HTTP/1.1, 400",
    "GET v1/notes/a HTTP/1.1, 400",
    "GET ftp://a/v1/notes/a HTTP/1.1, 400",
    "GET * HTTP/1.1, 400",
    "CONNECT localhost:80 HTTP/1.1, 501",
    "hello, 400"
  })
  void a_request_line_that_is_none_gets_a_problem(String line, int status) {
    reject(line + "\r\n" + HOST + "\r\n", status);
  }

  @ParameterizedTest
  @CsvSource({
    "'gzip, chunked', 501",
    "'deflate,chunked', 501",
    "'gzip\r\nTransfer-Encoding: chunked', 501",
    "'identity, chunked', 501",
    "gzip, 400",
    "identity, 400",
    "xchunked, 400",
    "'chunked, gzip', 400",
    "'chunked, chunked', 400",
    "'chunked\r\nTransfer-Encoding: chunked', 400",
    "'chunked\r\nTransfer-Encoding: identity', 400",
    "'\u000bchunked', 400",
    "'\"chunked\"', 400",
    "'chunked;q=1', 400",
    "'chunked\r\nContent-Length: 5', 400",
    "'chunked\r\nContent-Length: 0', 400",
  })
  void a_coding_that_is_not_known_is_not_guessed(String coding, int status) {
    reject(post + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n" + NEXT, status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\n",
        "Content-Length: 5, 5\r\n",
        "Content-Length: 5, 6\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: -5\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: 5 5\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Length: five\r\n",
        "Content-Length:\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length : 5\r\n",
        "Content-Length: 5\r\n 6\r\n",
      })
  void a_length_that_is_not_certain_is_not_guessed(String lines) {
    reject(post + lines + "\r\n0\r\n\r\n" + NEXT, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\nabc\r\n0\r\n\r\n",
        "-1\r\nabc\r\n0\r\n\r\n",
        "0x3\r\nabc\r\n0\r\n\r\n",
        "ffffffffffffffff\r\nabc\r\n0\r\n\r\n",
        "3\r\nabcde\r\n0\r\n\r\n",
        "3 3\r\nabc\r\n0\r\n\r\n",
        "\r\nabc\r\n0\r\n\r\n",
        "3;a=\u0000\r\nabc\r\n0\r\n\r\n",
        "3\r\nabc\r\n0\r\nX Y: z\r\n\r\n",
      })
  void a_chunk_that_is_none_gets_a_problem(String body) {
    reject(post + "Transfer-Encoding: chunked\r\n\r\n" + body + NEXT, 400);
  }

  @Test
  void many_requests_that_are_sent_at_once_are_answered_one_after_the_other() {
    var many = 400;
    var client = connect().send((GET + "\r\n").repeat(many));
    for (var i = 0; i < many; i++) {
      assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void requests_before_one_that_is_broken_are_served() {
    var client = connect();
    client.send(GET + "\r\n" + GET + "\r\n" + "GET /v1/notes/a HTTP/1.1\r\n\r\n" + GET + "\r\n");
    assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
    assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
    assertProblem(client.readResponse(), 400);
    assertThat(client.isClosed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, close, true",
    "HTTP/1.1, 'x-hop, close', true",
    "HTTP/1.1, 'CLOSE , x-hop', true",
    "HTTP/1.1, 'x-hop\r\nConnection: close', true",
    "HTTP/1.1, closed, false",
    "HTTP/1.1, 'keep-alive, TE', false",
    "HTTP/1.1, TE, false",
    "HTTP/1.0, 'TE, keep-alive', false",
    "HTTP/1.0, TE, true"
  })
  void connection_is_a_list(String version, String connection, boolean ends) {
    var client = connect();
    var get = GET.replace("HTTP/1.1", version);
    client.send(get + "Connection: " + connection + "\r\n\r\n");
    assertThat(client.readResponse()).contains(" 200 ");
    if (ends) {
      assertThat(client.isClosed()).isTrue();
    } else {
      assertThat(client.send(get + "\r\n").readResponse()).contains(" 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trailers", "gzip;q=0.5, trailers;q=0, chunked", ";;,", "deflate"})
  void te_asks_for_what_may_be_left_out(String te) {
    serve(GET + "Connection: TE\r\nTE: " + te + "\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, true",
    "'br, gzip;q=0.1', true",
    "'br;q=1.0,GZIP ; q=0.5', true",
    "x-gzip, true",
    "*, true",
    "'*;q=0.2, identity;q=0.1', true",
    "'br\r\nAccept-Encoding: gzip', true",
    "'identity;q=0, *', true",
    "gzip;q=0, false",
    "'gzip;q=0.000, *', false",
    "*;q=0, false",
    "identity, false",
    "'gzip;q=0.4, identity;q=0.5', false",
    "gzipped, false",
    "'', false",
    "gzip;q=x, false",
    "'br, deflate', false",
  })
  void what_is_accepted_is_a_list_with_weights(String accepted, boolean zipped) {
    var client = connect();
    client.send(
        "HEAD /docs/assets/%s/swagger-ui.css HTTP/1.1\r\n%sAccept-Encoding: %s\r\n\r\n"
            .formatted(swaggerVersion(), HOST, accepted));
    var head = client.readHead();
    assertThat(head).contains(" 200 ").containsIgnoringCase("vary: accept-encoding");
    assertThat(head.contains("content-encoding: gzip")).isEqualTo(zipped);
  }

  private static String swaggerVersion() {
    var page = gateway.get("/docs").text();
    var from = page.indexOf("/docs/assets/") + "/docs/assets/".length();
    return page.substring(from, page.indexOf('/', from));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/notes/a HTTP/1.1",
        "HEAD /v1/notes/a HTTP/1.1",
        "OPTIONS /v1/notes HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "GET /nothing HTTP/1.1",
        "GET /%zz HTTP/1.1",
        "PUT /v1/notes/a HTTP/1.1",
        "GET /v1/notes/mine HTTP/1.1",
        "GET /v1/rejections/OVERLOADED HTTP/1.1",
        "GET /v1/rejections/fault HTTP/1.1",
        "GET /docs HTTP/1.1",
        "GET / HTTP/1.1",
        "GET /docs/ HTTP/1.1",
        "GET /openapi.json HTTP/1.1",
        "GET /v1/notes/a HTTP/1.0",
        "GET /v1/notes/a HTTP/1.2",
        "GET /v1/notes/a HTTP/1.1\r\nIf-None-Match: *",
        "GET /v1/notes/a HTTP/1.1\r\nOrigin: https://shop.example",
        "GET /v1/notes/a HTTP/1.1\r\nOrigin: https://evil.example",
        "nonsense",
      })
  void every_answer_has_its_date(String line) {
    var client = connect().send(line + "\r\n" + HOST + "\r\n");
    assertRecent(client.readHead());
  }

  @Test
  void a_request_target_that_is_too_long_and_headers_that_are_too_large_have_their_problem() {
    reject("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n", 414);
    reject(GET + "X: " + "x".repeat(20_000) + "\r\n\r\n", 431);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://shop.example", "https://evil.example", "null", "http://localhost"})
  void what_depends_on_the_origin_says_so(String origin) {
    var client = connect();
    var received = client.send(GET + "Origin: " + origin + "\r\n\r\n").readHead();
    assertThat(received.toLowerCase(java.util.Locale.ROOT)).containsOnlyOnce("vary: origin");
    assertThat(connect().send(GET + "\r\n").readHead().toLowerCase(java.util.Locale.ROOT))
        .containsOnlyOnce("vary: origin");
  }

  @Test
  void the_server_as_a_whole_tells_its_methods() {
    var client = connect();
    client.send("OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n");
    assertThat(client.readResponse())
        .startsWith("HTTP/1.1 204 ")
        .containsIgnoringCase("\r\nallow: DELETE, GET, HEAD, OPTIONS, PATCH, POST\r\n");
    assertThat(client.send(GET + "\r\n").readResponse()).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"v1-gzip\"",
        "\"v1;gzip\"",
        "\"v1--gzip\"",
        "W/\"v1-br\"",
        "\"v0\" , W/\"v1;zstd\"",
        "\"v0\"\r\nIf-None-Match: \"v1\""
      })
  void a_tag_that_a_proxy_changed_is_known_again(String tags) {
    assertThat(connect().send(GET + "If-None-Match: " + tags + "\r\n\r\n").readHead())
        .startsWith("HTTP/1.1 304 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"v1-x\"", "\"v1-gzip-gzip2\"", "\"v11\"", "\"-gzip\"", "\"\""})
  void another_tag_is_another(String tags) {
    serve(GET + "If-None-Match: " + tags + "\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1",
        "\"v1",
        "v1\"",
        "\"v0\" \"v1\"",
        "\"v1\" x",
        "x\"v1\"",
        "w/\"v1\"",
        "*, \"v1\"",
        "\"v1\"\r\nIf-None-Match: *",
        "\"v1\"; \"v2\"",
        "**"
      })
  void what_is_no_list_of_tags_is_no_condition(String tags) {
    serve(GET + "If-None-Match: " + tags + "\r\n\r\n");
  }

  @Test
  void tags_may_stand_on_several_lines() {
    var patch = post.replace("POST /v1/notes ", "PATCH /v1/notes/a ");
    patch = patch.replace("application/json", "application/merge-patch+json");
    serve(
        patch
            + "If-Match: \"1\"\r\nIf-Match: W/\"2\"\r\nContent-Length: 12\r\n\r\n{\"text\":\"b\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n",
        "Connection: Upgrade\r\nUpgrade: TLS/1.2\r\n",
      })
  void another_protocol_is_offered_in_vain(String lines) {
    serve(GET + lines + "\r\n");
  }

  @Test
  void a_long_host_is_no_fault_of_the_server() {
    reject("GET / HTTP/1.1\r\nHost: " + "a".repeat(12_000) + "/\r\n\r\n", 400);
    serve("GET /v1/notes/a HTTP/1.1\r\nHost: " + "a.".repeat(6_000) + "\r\n\r\n");
  }

  @Test
  void a_chunk_that_is_none_ends_a_connection_whose_request_was_answered_before() {
    var client = connect();
    client.send("GET /docs/start.js HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
    assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
    client.send("zz\r\n");
    assertThat(client.isClosed()).isTrue();
  }

  private void serve(String request) {
    assertThat(connect().send(request).readResponse()).contains(" 200 ");
  }

  /** Sends an invalid request: one problem is returned, nothing else, and the connection ends. */
  private void reject(String request, int status) {
    var before = notes.calls.size();
    var client = connect().send(request);
    assertProblem(client.readResponse(), status);
    assertThat(client.isClosed()).isTrue();
    assertThat(notes.calls).hasSize(before);
  }

  private static void assertProblem(String received, int status) {
    assertThat(received)
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("\r\ncontent-type: application/problem+json\r\n")
        .containsIgnoringCase("\r\nconnection: close\r\n")
        .contains("\"status\":" + status + ",");
    assertRecent(received);
  }

  private static void assertRecent(String head) {
    var date =
        head.lines()
            .filter(line -> line.regionMatches(true, 0, "date:", 0, 5))
            .map(line -> line.substring(5).strip())
            .toList();
    assertThat(date).as(head).hasSize(1);
    var told = ZonedDateTime.parse(date.get(0), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofMinutes(1));
  }

  private RawClient connect() {
    var client = new RawClient(gateway.port());
    clients.add(client);
    return client;
  }
}
