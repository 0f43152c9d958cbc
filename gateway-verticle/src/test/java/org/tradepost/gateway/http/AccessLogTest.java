package org.tradepost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Promise;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.gateway.GatewaySetup;
import org.tradepost.gateway.RawClient;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.telemetry.logging.TestLog;

/** The log lines of a gateway and a service about requests. */
class AccessLogTest {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @AutoClose private static GatewaySetup setup;

  private static TestGateway gateway;
  private static TestGateway withoutLog;
  private static TestGateway sampling;
  private static String customer;
  private static String admin;

  @AutoClose private final TestLog log = new TestLog();

  @BeforeAll
  static void start() {
    setup =
        new GatewaySetup(
            "TRADEPOST_ACCESS_LOG_PER_SECOND", "100000", "TRADEPOST_BODY_LIMIT", "1024");
    gateway = setup.gateway;
    customer = "Bearer " + setup.tokens.customer("u1");
    admin = "Bearer " + setup.tokens.admin();
    withoutLog = TestGateway.start(setup.node, "TRADEPOST_ACCESS_LOG_PER_SECOND", "0");
    sampling = TestGateway.start(setup.node, "TRADEPOST_ACCESS_LOG_PER_SECOND", "2");
  }

  @AfterAll
  static void stop() {
    withoutLog.stop();
    sampling.stop();
  }

  @Test
  void a_request_has_a_line_of_the_gateway_and_one_of_the_service() {
    gateway.get(
        "/v1/notes/some%20id",
        "X-Request-Id", "r1", "traceparent", TRACE, "Authorization", customer);
    var lines = about("r1", 2);
    assertThat(lines)
        .extracting(line -> text(line, "service.name"))
        .containsExactly("notes", "gateway");
    assertThat(lines)
        .extracting(line -> text(line, "trace.id"))
        .containsOnly("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(text(lines.get(0), "event.action")).isEqualTo("notes.v1.get");
    var line = lines.get(1);
    assertThat(text(line, "message"))
        .matches("GET /v1/notes/\\{noteId} 200 - in [\\d.]+ ms, \\d+ bytes, client user");
    assertThat(text(line, "http.request.method")).isEqualTo("GET");
    assertThat(text(line, "http.route")).isEqualTo("/v1/notes/{noteId}");
    assertThat(line.path("http.response.status_code").intValue()).isEqualTo(200);
    assertThat(line.path("http.response.body.bytes").intValue()).isGreaterThan(10);
    assertThat(line.path("event.duration").longValue()).isPositive();
    assertThat(text(line, "client.kind")).isEqualTo("user");
    assertThat(text(line, "log.level")).isEqualTo("INFO");
  }

  @Test
  void a_rejected_request_has_its_code() {
    gateway.get("/v1/notes/mine", "X-Request-Id", "r2");
    assertLine(about("r2", 1).get(0), "/v1/notes/mine", 401, "UNAUTHENTICATED");
    gateway.get("/nowhere/secret-path", "X-Request-Id", "r3");
    assertLine(about("r3", 1).get(0), "", 404, "NOT_FOUND");
    gateway.send("TRACKED", "/v1/notes/a", null, "X-Request-Id", "r4");
    var other = about("r4", 1).get(0);
    assertLine(other, "/v1/notes/{noteId}", 405, "METHOD_NOT_ALLOWED");
    assertThat(text(other, "http.request.method")).isEqualTo("_OTHER");
  }

  @Test
  void a_fault_is_a_warning_and_its_cause_has_the_same_ids() {
    gateway.get("/v1/rejections/fault", "X-Request-Id", "r5");
    var lines = about("r5", 2);
    assertLine(lines.get(1), "/v1/rejections/{rejection}", 500, "INTERNAL");
    assertThat(text(lines.get(1), "log.level")).isEqualTo("WARN");
    assertThat(log.of("RequestDispatcher"))
        .filteredOn(line -> text(line, "http.request.id").equals("r5"))
        .singleElement()
        .satisfies(
            line -> assertThat(text(line, "error.stack_trace")).contains("IllegalStateException"));
  }

  @Test
  void who_asks_is_named_by_kind_alone() {
    gateway.send("DELETE", "/v1/notes/a", null, "X-Request-Id", "r6", "Authorization", admin);
    assertThat(text(about("r6", 2).get(1), "client.kind")).isEqualTo("admin");
    gateway.get("/v1/notes/a", "X-Request-Id", "r7", "User-Agent", "\tjohn@doe.example");
    assertThat(text(about("r7", 2).get(1), "client.kind")).isEqualTo("anonymous");
    assertThat(log.of("").toString())
        .doesNotContain("doe.example")
        .doesNotContain(admin.substring(7))
        .doesNotContain("127.0.0.1:");
  }

  @Test
  void what_the_gateway_serves_itself_has_a_line() {
    gateway.get("/problems/NO_SUCH", "X-Request-Id", "r8");
    assertLine(about("r8", 1).get(0), "/problems", 404, "NOT_FOUND");
  }

  @Test
  void what_is_no_http_has_a_line() {
    try (var client = new RawClient(gateway.port())) {
      client
          .send("GET /\u001b[31m HTTP/1.1\r\nHost: a\r\nX-Request-Id: r9\r\nBad Field: x\r\n\r\n")
          .readAll();
    }
    await()
        .untilAsserted(
            () ->
                assertThat(log.of("requests"))
                    .anySatisfy(line -> assertLine(line, "", 400, "INVALID_REQUEST")));
  }

  @Test
  void a_client_that_goes_away_is_no_success() {
    Promise<Void> gate = Promise.promise();
    setup.notes.gate = gate;
    try (var client = new RawClient(gateway.port())) {
      client.send("GET /v1/notes?q=gone HTTP/1.1\r\nHost: a\r\nX-Request-Id: r10\r\n\r\n");
      await().until(() -> setup.notes.listed.stream().anyMatch(list -> "gone".equals(list.q())));
    } finally {
      setup.notes.gate = null;
    }
    assertLine(about("r10", 1).get(0), "/v1/notes", 499, "CONNECTION_CLOSED");
    gate.complete();
  }

  @Test
  void a_hostile_id_is_replaced() {
    gateway.get("/v1/notes/a", "X-Request-Id", "x y [order=1] {}");
    assertThat(log.of("requests").toString()).doesNotContain("order=1");
  }

  @Test
  void of_more_requests_than_are_wanted_a_second_some_are_logged() {
    for (var number = 0; number < 20; number++) {
      sampling.get("/v1/notes/a", "X-Request-Id", "sampled");
    }
    var ofGateway = (int) log.about("sampled").stream().filter(this::isOfGateway).count();
    assertThat(ofGateway).isBetween(2, 15);
    await().untilAsserted(() -> assertThat(log.about("sampled")).hasSize(2 * ofGateway));
  }

  @Test
  void none_are_logged_when_it_is_off_but_faults() {
    withoutLog.get("/v1/notes/a", "X-Request-Id", "off");
    withoutLog.get("/v1/rejections/fault", "X-Request-Id", "off");
    assertThat(about("off", 1))
        .singleElement()
        .satisfies(line -> assertThat(text(line, "log.level")).isEqualTo("WARN"));
  }

  @Test
  void what_a_client_did_wrong_is_no_fault_though_its_status_is_one_of_the_server() {
    for (var head :
        List.of(
            "GET / HTTP/1.2\r\nHost: a",
            "CONNECT a:1 HTTP/1.1\r\nHost: a:1",
            "POST /v1/notes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked")) {
      try (var client = new RawClient(withoutLog.port())) {
        assertThat(client.send(head + "\r\n\r\n").readAll()).containsPattern("^HTTP/1.1 50[15] ");
      }
    }
    assertThat(log.of("requests")).isEmpty();
  }

  private boolean isOfGateway(JsonNode line) {
    return text(line, "service.name").equals("gateway");
  }

  /** The client may receive its response before the line is written. */
  private List<JsonNode> about(String requestId, int lines) {
    await().untilAsserted(() -> assertThat(log.about(requestId)).hasSize(lines));
    return log.about(requestId);
  }

  private static void assertLine(JsonNode line, String route, int status, String code) {
    assertThat(text(line, "http.route")).isEqualTo(route);
    assertThat(line.path("http.response.status_code").intValue()).isEqualTo(status);
    assertThat(text(line, "error.code")).isEqualTo(code);
  }

  private static String text(JsonNode line, String field) {
    return line.path(field).asText();
  }
}
