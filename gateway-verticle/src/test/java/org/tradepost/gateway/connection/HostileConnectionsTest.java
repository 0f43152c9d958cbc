package org.tradepost.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.gateway.GatewaySetup;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.RawClient;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.testing.FreePorts;
import org.tradepost.platform.testing.TestTokens;

/** Connections that clients hold as long and as cheaply as possible. */
class HostileConnectionsTest {

  private static final int CONNECTIONS = 20;
  private static final int MANY = 2 * CONNECTIONS;
  private static final String GET = "GET /v1/notes/a HTTP/1.1\r\nHost: localhost\r\n";

  @AutoClose private static GatewaySetup setup;

  private static TestTokens tokens;
  private static NoteService notes;
  private static TestGateway gateway;

  private final List<RawClient> clients = new ArrayList<>();

  @BeforeAll
  static void start() {
    setup =
        new GatewaySetup(
            "TRADEPOST_CONNECTIONS",
            Integer.toString(CONNECTIONS),
            "TRADEPOST_IDLE_TIMEOUT_SECONDS",
            "2",
            "TRADEPOST_BODY_TIMEOUT_SECONDS",
            "4",
            "TRADEPOST_REQUEST_TIMEOUT_SECONDS",
            "5");
    tokens = setup.tokens;
    notes = setup.notes;
    gateway = setup.gateway;
  }

  @AfterEach
  void hangUp() {
    clients.forEach(RawClient::close);
  }

  @Test
  void a_head_that_comes_byte_by_byte_costs_the_connection() {
    var client = connect().send(GET);
    drip().until(() -> client.isCutOffWhenSending("X"));
  }

  @Test
  void the_timeout_of_a_body_is_not_that_of_an_idle_connection() {
    var client =
        connect()
            .send(
                "POST /v1/notes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 15\r\n"
                    + "Content-Type: application/json\r\nAuthorization: Bearer "
                    + tokens.customer("u1")
                    + "\r\n\r\n{");
    assertThat(client.readResponse()).startsWith("HTTP/1.1 408 ");
  }

  @Test
  void the_timeout_of_an_idle_connection_is_not_that_of_a_request() {
    notes.gate = Promise.promise();
    try {
      assertThat(connect().send(GET.replace("/v1/notes/a", "/v1/notes") + "\r\n").readResponse())
          .startsWith("HTTP/1.1 503 ");
    } finally {
      notes.gate.complete();
      notes.gate = null;
    }
  }

  @Test
  void while_too_many_wait_others_are_served() {
    for (var i = 0; i < MANY; i++) {
      connect();
    }
    for (var i = 0; i < MANY; i++) {
      assertThat(connect().send(GET + "\r\n").readResponse()).startsWith("HTTP/1.1 200 ");
    }
    assertThat(clients.get(0).isClosed()).isTrue();
  }

  @Test
  void the_port_of_the_console_has_no_connections_of_its_own() {
    var console = FreePorts.one();
    var both =
        TestGateway.start(
            setup.node,
            "TRADEPOST_CONNECTIONS",
            Integer.toString(CONNECTIONS),
            "TRADEPOST_CONSOLE",
            Integer.toString(console));
    for (var i = 0; i < CONNECTIONS; i++) {
      keep(new RawClient(both.port()));
    }
    for (var i = 0; i < CONNECTIONS; i++) {
      keep(new RawClient(console));
    }
    await().until(() -> clients.get(0).isCutOffWhenSending("X"));
    both.stop();
  }

  @Test
  void who_takes_answers_byte_by_byte_is_cut_off_and_nothing_is_hoarded() {
    var before = notes.calls.size();
    var client = keep(RawClient.withSmallBuffer(gateway.port()));
    client.send("GET /v1/notes/long HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200));
    assertThat(connect().send(GET + "\r\n").readResponse()).startsWith("HTTP/1.1 200 ");
    // Data that has already arrived could be read for minutes.
    drip().until(() -> client.isClosed() || client.isCutOffWhenSending("X"));
    assertThat(notes.calls.size() - before)
        .as("answers of 256 KiB that were begun, and the one that others got")
        .isLessThan(6);
  }

  @Test
  void while_too_many_owe_bodies_others_are_served() {
    var patch =
        "PATCH /v1/notes/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
            + "Content-Type: application/merge-patch+json\r\nExpect: 100-continue\r\n"
            + "Authorization: Bearer "
            + tokens.customer("u1")
            + "\r\n\r\n";
    for (var i = 0; i < CONNECTIONS; i++) {
      assertThat(connect().send(patch).readResponse()).startsWith("HTTP/1.1 100 ");
    }
    for (var i = 0; i < CONNECTIONS; i++) {
      assertThat(connect().send(GET + "\r\n").readResponse()).startsWith("HTTP/1.1 200 ");
    }
    assertThat(clients.get(0).isClosed()).isTrue();
  }

  @Test
  void a_body_that_nobody_takes_is_not_waited_for() {
    var client = connect().send(GET + "Content-Length: 9\r\n\r\n");
    assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
    assertThat(client.send("nine byte" + GET + "\r\n").readResponse()).startsWith("HTTP/1.1 200 ");
  }

  private RawClient connect() {
    return keep(new RawClient(gateway.port()));
  }

  private RawClient keep(RawClient client) {
    clients.add(client);
    return client;
  }

  private static ConditionFactory drip() {
    return await().pollInterval(Duration.ofMillis(100));
  }
}
