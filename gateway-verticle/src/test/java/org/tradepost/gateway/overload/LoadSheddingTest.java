package org.tradepost.gateway.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradepost.platform.testing.TestNode.await;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.RawClient;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;
import org.tradepost.platform.testing.TraceReceiver;

/** A service that may have ten calls, eight of them new work, and requests with late bodies. */
class LoadSheddingTest {

  private static final int ROOM = 8;
  private static final String BODY = "{\"text\":\"x\"}";
  private static final String GET = "GET /v1/notes/a HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static TraceReceiver receiver;
  private static ClusterNode node;
  private static TestGateway gateway;
  private static String token;
  private static String post;
  private static String mine;

  private final List<RawClient> clients = new ArrayList<>();
  private List<RawClient> holders;
  private RawClient other;

  @BeforeAll
  static void start() {
    receiver = new TraceReceiver();
    node = TestNode.start(receiver);
    var tokens = TestTokens.serve(node);
    await(node.deploy(new NoteService(node)));
    gateway =
        TestGateway.withLimit(
            10,
            node,
            "TRADEPOST_RATE_LIMIT",
            "0",
            "TRADEPOST_CLIENT_SHARE_PERCENT",
            "100",
            "TRADEPOST_BODY_TIMEOUT_SECONDS",
            "5");
    token = "Authorization: Bearer " + tokens.customer("u1");
    post = add(token);
    mine = get("/v1/notes/mine", token);
  }

  @AfterAll
  static void stop() {
    await(node.stop());
    receiver.close();
  }

  @BeforeEach
  void connectAll() {
    holders = connect(ROOM);
    other = connect(1).get(0);
  }

  @AfterEach
  void hangUp() {
    clients.forEach(RawClient::close);
  }

  @Test
  void a_head_counts_before_its_body_is_there() {
    assertThat(whileFull(GET)).contains("\"code\":\"OVERLOADED\"").contains("Retry-After: 1\r\n");
  }

  @Test
  void a_rejected_request_needs_no_token_and_its_connection_stays_usable() {
    assertThat(whileFull(add("Accept: */*"))).contains("\"code\":\"OVERLOADED\"");
    assertThat(other.send(BODY + GET).readResponse()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void a_rejection_is_the_same_as_on_the_usual_path() {
    var plain = get("/v1/notes/a", "X-Request-Id: same");
    var withOrigin = get("/v1/notes/a", "X-Request-Id: same\r\nOrigin: http://else.where");
    var atOnce = whileFull(plain);
    assertThat(lines(atOnce)).isEqualTo(lines(whileFull(withOrigin)));
    assertThat(atOnce).contains("X-Request-Id: same\r\n").contains("\"requestId\":\"same\"");
  }

  @Test
  void a_rejection_is_in_the_trace_that_the_client_has_chosen() {
    var sampled = "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-01\r\nX-Request-Id: traced";
    whileFull(get("/v1/notes/a?email=x", sampled));
    var span = receiver.await("the rejection", it -> it.isIn(TRACE));
    assertThat(span.name()).isEqualTo("GET /v1/notes/{noteId}");
    assertThat(span.parent()).isEqualTo("00f067aa0ba902b7");
    assertThat(span.attributes())
        .containsEntry("http.request.method", "GET")
        .containsEntry("http.response.status_code", "503")
        .containsEntry("error.type", "OVERLOADED")
        .containsEntry("tradepost.request.id", "traced");
  }

  @Test
  void answers_come_in_the_order_of_their_requests() {
    whileFull(GET);
    hold(ROOM - 1);
    other = connect(1).get(0);
    other.send(add(token + "\r\nX-Request-Id: first"));
    other.send(BODY + get("/v1/notes/a", "X-Request-Id: second"));
    assertThat(other.readResponse()).contains("X-Request-Id: first\r\n");
    assertThat(other.readResponse()).contains("X-Request-Id: second\r\n");
    letGo(ROOM - 1);
  }

  @Test
  void a_client_that_does_not_read_its_rejections_is_cut_off() {
    var full = withoutRoom("TRADEPOST_IDLE_TIMEOUT_SECONDS", "1");
    try (var client = RawClient.withSmallBuffer(full.port())) {
      assertThat(client.isCutOffWhenSending(GET.repeat(300_000))).isTrue();
    } finally {
      full.stop();
    }
  }

  @Test
  void a_client_that_reads_many_rejections_late_misses_none() {
    var full = withoutRoom();
    try (var client = RawClient.withSmallBuffer(full.port())) {
      var many = 1_000;
      for (var i = 0; i < many; i++) {
        client.send(get("/v1/notes/a", "X-Request-Id: no-" + i));
      }
      for (var i = 0; i < many; i++) {
        assertThat(client.readResponse())
            .startsWith("HTTP/1.1 503 ")
            .contains(": no-" + i + "\r\n");
      }
    } finally {
      full.stop();
    }
  }

  /** Starts a gateway with a limit of one call, which leaves no room for new work. */
  private static TestGateway withoutRoom(String... settings) {
    var all = new ArrayList<>(List.of("TRADEPOST_RATE_LIMIT", "0"));
    all.addAll(List.of(settings));
    return TestGateway.withLimit(1, node, all.toArray(String[]::new));
  }

  @Test
  void a_rejection_closes_the_connection_if_the_client_asks_for_it() {
    assertThat(whileFull(get("/v1/notes/a", "Connection: close")))
        .contains("\"code\":\"OVERLOADED\"");
    assertThat(other.isClosed()).isTrue();
  }

  @Test
  void what_matters_more_is_served() {
    whileFull(GET);
    hold(ROOM);
    assertThat(other.send(mine).readResponse()).startsWith("HTTP/1.1 200 ");
    letGo(ROOM);
  }

  @Test
  void an_answer_that_is_remembered_needs_no_room() {
    var scan = get("/v1/notes?q=remembered", "Accept: */*");
    assertThat(other.send(scan).readResponse()).startsWith("HTTP/1.1 200 ");
    whileFull(GET);
    hold(ROOM);
    assertThat(other.send(scan).readResponse()).startsWith("HTTP/1.1 200 ");
    letGo(ROOM);
  }

  @Test
  void an_answer_makes_room_once() {
    for (var client : connect(ROOM)) {
      assertThat(client.send(post + BODY).readResponse()).startsWith("HTTP/1.1 201 ");
    }
    assertRoomIsAsBefore();
  }

  @Test
  void a_rejection_makes_room_once() {
    for (var client : connect(ROOM)) {
      assertThat(client.send(add("Authorization: Bearer x") + BODY).readResponse())
          .startsWith("HTTP/1.1 401 ");
      assertThat(client.send(post.replace("application/json", "text/plain") + BODY).readResponse())
          .startsWith("HTTP/1.1 415 ");
      assertThat(client.send(post + "{\"text\":7 }  ").readResponse()).startsWith("HTTP/1.1 400 ");
    }
    assertRoomIsAsBefore();
  }

  @Test
  void who_hangs_up_before_the_body_makes_room_once() {
    for (var client : connect(ROOM)) {
      client.send(post).close();
    }
    assertRoomIsAsBefore();
  }

  @Test
  void who_hangs_up_before_the_answer_makes_room_once() {
    for (var client : connect(ROOM)) {
      client.send(post + BODY).close();
    }
    assertRoomIsAsBefore();
  }

  @Test
  void a_body_that_never_comes_makes_room_once() {
    var late = connect(ROOM);
    late.forEach(client -> client.send(post));
    late.forEach(client -> assertThat(client.readResponse()).startsWith("HTTP/1.1 408 "));
    assertRoomIsAsBefore();
  }

  /** Checks that one less than {@link #ROOM} requests leave room for another, and ROOM do not. */
  private void assertRoomIsAsBefore() {
    await()
        .until(
            () -> {
              hold(ROOM - 1);
              var answer = other.send(GET).readResponse();
              letGo(ROOM - 1);
              return answer.startsWith("HTTP/1.1 200 ");
            });
    whileFull(GET);
  }

  /** Returns the response to a request for which there is no room. */
  private String whileFull(String request) {
    var rejection = new AtomicReference<String>();
    // Heads count for only a moment, and may arrive out of order on different connections.
    await()
        .until(
            () -> {
              other = connect(1).get(0);
              hold(ROOM);
              var full = !other.send(GET).readResponse().startsWith("HTTP/1.1 200 ");
              if (full) {
                rejection.set(other.send(request).readResponse());
              }
              letGo(ROOM);
              return full && rejection.get().startsWith("HTTP/1.1 503 ");
            });
    return rejection.get();
  }

  private void hold(int room) {
    holders.subList(0, room).forEach(client -> client.send(post));
  }

  private void letGo(int room) {
    for (var client : holders.subList(0, room)) {
      assertThat(client.send(BODY).readResponse()).containsAnyOf(" 201 ", " 503 ");
    }
  }

  private List<RawClient> connect(int count) {
    var connected = new ArrayList<RawClient>();
    for (var i = 0; i < count; i++) {
      connected.add(new RawClient(gateway.port()));
    }
    clients.addAll(connected);
    return connected;
  }

  /** Returns the lines in sorted order, without the value of the date. */
  private static List<String> lines(String answer) {
    return Arrays.stream(answer.toLowerCase(Locale.ROOT).split("\r\n"))
        .map(line -> line.replaceAll("^date: \\w{3}, .* gmt$", "date"))
        .sorted()
        .toList();
  }

  private static String get(String path, String header) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n".formatted(path, header);
  }

  private static String add(String header) {
    return String.join(
        "\r\n",
        "POST /v1/notes HTTP/1.1",
        "Host: localhost",
        header,
        "Content-Type: application/json",
        "Content-Length: " + BODY.length(),
        "",
        "");
  }
}
