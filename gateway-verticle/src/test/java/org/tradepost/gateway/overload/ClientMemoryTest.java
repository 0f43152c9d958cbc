package org.tradepost.gateway.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.RawClient;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

/**
 * Clients that fill the memory of a gateway: 1 MiB for bodies, a quarter of it per client, and 1
 * MiB each for replies and pipelined requests.
 */
class ClientMemoryTest {

  private static final int HEAP = 8 * 1024 * 1024;
  private static final int BODY = 65_536;
  private static final int BODIES_OF_CLIENT = 4;
  private static final int CLIENTS = 4;
  private static final int REPLY = 256 * 1024;
  private static final int REPLIES = 8;
  private static final int REQUESTS = 10;
  private static final int MANY_REQUESTS = 2_000;
  private static final int CONNECTIONS = 40;
  private static final String NOTE = "{\"text\":\"x\"" + " ".repeat(200) + "}";
  private static ClusterNode node;
  private static TestTokens tokens;
  private static NoteService notes;
  private static TestGateway gateway;

  private final List<RawClient> clients = new ArrayList<>();

  @BeforeAll
  static void start() {
    node = TestNode.start();
    tokens = TestTokens.serve(node);
    notes = new NoteService(node);
    await(node.deploy(notes));
    gateway =
        TestGateway.withHeap(
            HEAP,
            node,
            "TRADEPOST_BODY_LIMIT",
            Integer.toString(BODY),
            "TRADEPOST_BODY_TIMEOUT_SECONDS",
            "60",
            "TRADEPOST_REQUEST_TIMEOUT_SECONDS",
            "60",
            "TRADEPOST_TRUSTED_PROXIES",
            Loopback.ADDRESS);
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  @AfterEach
  void hangUp() {
    clients.forEach(RawClient::close);
    // The memory that they held is released.
    await().until(() -> change("greedy0") == 200 && change("modest") == 200);
  }

  @Test
  void who_does_not_end_bodies_is_rejected_alone() {
    sendBodies("greedy0");
    await().until(() -> change("greedy0") == 429);
    assertThat(change("modest")).isEqualTo(200);
  }

  @Test
  void bodies_that_do_not_end_take_a_part_of_the_heap_only() {
    for (var i = 0; i < CLIENTS; i++) {
      sendBodies("greedy" + i);
    }
    await().until(() -> change("modest") == 503);
    clients.get(0).close();
    await().until(() -> change("modest") == 200);
  }

  @Test
  void who_does_not_read_replies_loses_connections_alone() {
    var patient = ask("192.0.2.1");
    var greedy = Stream.generate(() -> ask("192.0.2.2")).limit(REPLIES).toList();
    await().until(() -> greedy.stream().anyMatch(client -> client.isCutOffWhenSending("X")));
    assertThat(patient.readAll().length()).isGreaterThan(REPLY);
  }

  @Test
  void who_sends_too_many_requests_in_advance_is_cut_off_alone() {
    notes.gate = Promise.promise();
    notes.ownGate = Promise.promise();
    try {
      var modest = connect();
      modest.send(own().repeat(REQUESTS));
      var greedy = Stream.generate(this::connect).limit(CONNECTIONS).toList();
      var many = get("/v1/notes").repeat(MANY_REQUESTS);
      await().until(() -> greedy.stream().anyMatch(client -> client.isCutOffWhenSending(many)));
      notes.gate.complete();
      notes.ownGate.complete();
      for (var i = 0; i < REQUESTS; i++) {
        assertThat(modest.readResponse()).startsWith("HTTP/1.1 200 ");
      }
    } finally {
      notes.gate = null;
      notes.ownGate = null;
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  private static String own() {
    return String.join(
        "\r\n",
        "GET /v1/notes/mine HTTP/1.1",
        "Host: localhost",
        "Authorization: Bearer " + tokens.customer("modest"),
        "",
        "");
  }

  /** Requests a reply of 256 KiB and does not read it. */
  private RawClient ask(String address) {
    var client = RawClient.withSmallBuffer(gateway.port());
    clients.add(client);
    return client.send(
        String.join(
            "\r\n",
            "GET /v1/notes/long HTTP/1.1",
            "Host: localhost",
            "X-Forwarded-For: " + address,
            "Connection: close",
            "",
            ""));
  }

  /** Sends all but the last byte of as many bodies as one client may have. */
  private void sendBodies(String client) {
    for (var i = 0; i < BODIES_OF_CLIENT; i++) {
      connect().send(patch(client, BODY) + "x".repeat(BODY - 1));
    }
  }

  private int change(String client) {
    try (var connection = new RawClient(gateway.port())) {
      var status =
          connection.send(patch(client, NOTE.length()) + NOTE).readResponse().split(" ")[1];
      return Integer.parseInt(status);
    }
  }

  private static String patch(String client, int length) {
    return String.join(
        "\r\n",
        "PATCH /v1/notes/a HTTP/1.1",
        "Host: localhost",
        "Authorization: Bearer " + tokens.customer(client),
        "Content-Type: application/merge-patch+json",
        "If-Match: \"1\"",
        "Content-Length: " + length,
        "",
        "");
  }

  private RawClient connect() {
    var client = new RawClient(gateway.port());
    clients.add(client);
    return client;
  }
}
