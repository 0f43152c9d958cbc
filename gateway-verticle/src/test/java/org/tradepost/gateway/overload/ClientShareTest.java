package org.tradepost.gateway.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradepost.platform.testing.TestNode.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.RawClient;
import org.tradepost.gateway.TestGateway;
import org.tradepost.gateway.TestGateway.Response;
import org.tradepost.gateway.events.EventLogService;
import org.tradepost.gateway.events.EventStreamReader;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

/** Clients that try to use up everything. */
class ClientShareTest {

  private static final String STREAM = "/v1/events/stream";

  /** The client limit of the operation in the description of the note service. */
  private static final int ADDS = 20;

  private static final int SHARE = 25;
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final int NEVER = 1_000;
  private static final String NOTE = "{\"text\":\"a\"}";
  private static ClusterNode node;
  private static NoteService notes;
  private static TestGateway gateway;
  private static String greedy;
  private static String modest;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    var tokens = TestTokens.serve(node);
    greedy = "Bearer " + tokens.customer("greedy");
    modest = "Bearer " + tokens.customer("modest");
    notes = new NoteService(node);
    await(node.deploy(notes));
    await(node.deploy(new EventLogService(node, "diary")));
    gateway =
        TestGateway.withLimit(
            100,
            node,
            "TRADEPOST_STREAMS",
            "8",
            "TRADEPOST_CLIENT_SHARE_PERCENT",
            Integer.toString(SHARE),
            "TRADEPOST_REQUEST_TIMEOUT_SECONDS",
            "8",
            "TRADEPOST_TRUSTED_PROXIES",
            Loopback.ADDRESS);
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  @AfterEach
  void recover() {
    notes.unresponsiveCalls.set(0);
    await().until(() -> add(greedy).status() == 201);
    await().until(() -> count(greedy, "192.0.2.1").status() == 200);
  }

  @Test
  void an_account_may_open_a_share_of_the_streams() {
    var opened = new ArrayList<EventStreamReader>();
    for (var i = 0; i < 2; i++) {
      opened.add(EventStreamReader.open(gateway.port(), "", "Authorization", greedy));
    }
    for (var i = 0; i < 10; i++) {
      // The response to HEAD always ends.
      assertThat(head(greedy)).isEqualTo(429);
    }
    assertRejected(gateway.get(STREAM, "Authorization", greedy), "10");
    try (var other = EventStreamReader.open(gateway.port(), "", "Authorization", modest)) {
      assertThat(other.next().data()).isNull();
    }
    opened.forEach(EventStreamReader::close);
    await().until(() -> head(greedy) == 200);
  }

  @Test
  void a_stream_is_given_back_however_it_ends() {
    for (var i = 0; i < 30; i++) {
      try (var client = new RawClient(gateway.port())) {
        client.send(
            "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n\r\n".formatted(STREAM, greedy));
      }
      var rejected = STREAM + "?after=" + EventLogService.cursor("diary", "no place");
      assertThat(gateway.get(rejected, "Authorization", greedy).status()).isIn(400, 429);
    }
    await().until(() -> head(greedy) == 200);
    EventStreamReader.open(gateway.port(), "", "Authorization", greedy).close();
  }

  @Test
  void an_account_whose_calls_all_get_no_reply_leaves_room_for_others() {
    // Each call counts for only a moment, too short for a slow machine to have all in flight.
    await()
        .atMost(TIMEOUT)
        .until(
            () -> {
              var sent = flood(() -> countAsync(greedy, "192.0.2.1"));
              var other = count(modest, "192.0.2.1").status();
              var anonymous = count(null, "192.0.2.1").status();
              var codes = codes(sent);
              assertThat(codes).containsAnyOf("TOO_MANY_REQUESTS", "UNAVAILABLE");
              return other == 200 && anonymous == 200 && codes.contains("TOO_MANY_REQUESTS");
            });
  }

  @Test
  void who_has_no_token_is_known_by_the_address() {
    await()
        .atMost(TIMEOUT)
        .until(
            () -> {
              var sent = flood(() -> countAsync(null, "192.0.2.1"));
              var other = count(null, "192.0.2.2").status();
              return other == 200 && codes(sent).contains("TOO_MANY_REQUESTS");
            });
  }

  @Test
  void an_operation_may_have_a_limit_for_each_client() {
    var sent = addUntilRejected();
    assertRejected(add(greedy), "1");
    notes.unresponsiveCalls.set(0);
    assertThat(add(modest).status()).isEqualTo(201);
    assertThat(gateway.get("/v1/notes/mine", "Authorization", greedy).status()).isEqualTo(200);
    sent.forEach(CompletableFuture::join);
    assertThat(add(greedy).status()).isEqualTo(201);
  }

  @Test
  void the_request_of_a_client_that_hangs_up_is_in_flight_until_it_is_answered() {
    notes.unresponsiveCalls.set(NEVER);
    var before = notes.added.size();
    for (var i = 0; i < ADDS; i++) {
      try (var client = new RawClient(gateway.port())) {
        client.send(
            ("POST /v1/notes HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"text\":\"a\"}")
                .formatted(greedy));
        var sent = i + 1;
        await().until(() -> notes.added.size() >= before + sent);
      }
    }
    assertRejected(add(greedy), "1");
    notes.unresponsiveCalls.set(0);
    await().until(() -> add(greedy).status() == 201);
  }

  @Test
  void requests_that_come_to_nothing_are_given_back() {
    for (var i = 0; i < 3 * ADDS; i++) {
      try (var client = new RawClient(gateway.port())) {
        // The body never arrives.
        client.send(
            ("POST /v1/notes HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{")
                .formatted(greedy));
      }
      gateway.send(
          "POST", "/v1/notes?x=1", "{}", "Authorization", greedy, "Content-Type", "text/plain");
      gateway.send(
          "POST",
          "/v1/notes?x=1",
          "{}",
          "Authorization",
          greedy,
          "Content-Type",
          "application/json");
    }
    await().until(() -> add(greedy).status() == 201);
    var sent = addUntilRejected();
    notes.unresponsiveCalls.set(0);
    sent.forEach(CompletableFuture::join);
  }

  /** Sends twice the client's share, of which the first half gets no reply. */
  private static List<CompletableFuture<Response>> flood(
      Supplier<CompletableFuture<Response>> request) {
    notes.unresponsiveCalls.set(SHARE);
    return Stream.generate(request).limit(2 * SHARE).toList();
  }

  private static List<String> codes(List<CompletableFuture<Response>> sent) {
    notes.unresponsiveCalls.set(0);
    return sent.stream()
        .map(CompletableFuture::join)
        .filter(answer -> answer.status() != 200)
        .map(Response::code)
        .toList();
  }

  private static List<CompletableFuture<Response>> addUntilRejected() {
    notes.unresponsiveCalls.set(NEVER);
    var before = notes.added.size();
    var sent =
        Stream.generate(() -> gateway.postAsync("/v1/notes", NOTE, greedy)).limit(ADDS).toList();
    await().until(() -> notes.added.size() >= before + ADDS);
    return sent;
  }

  private static Response add(String token) {
    return gateway.send(
        "POST", "/v1/notes", NOTE, "Authorization", token, "Content-Type", "application/json");
  }

  private static Response count(String token, String address) {
    return countAsync(token, address).join();
  }

  private static CompletableFuture<Response> countAsync(String token, String address) {
    return token == null
        ? gateway.sendAsync("POST", "/v1/counts", "X-Forwarded-For", address)
        : gateway.sendAsync(
            "POST", "/v1/counts", "X-Forwarded-For", address, "Authorization", token);
  }

  private static int head(String token) {
    return gateway.send("HEAD", STREAM, null, "Authorization", token).status();
  }

  private static void assertRejected(Response answer, String retryAfter) {
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo("TOO_MANY_REQUESTS");
    assertThat(answer.header("retry-after")).isEqualTo(retryAfter);
  }
}
