package org.tradepost.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

/** A gateway that shuts down while clients are connected to it. */
class LeavingGatewayTest {

  private static final String READ = "GET /v1/notes HTTP/1.1\r\nHost: a\r\n\r\n";
  private static ClusterNode node;
  private static NoteService notes;
  private static String readOwn;

  /** How long there must be no request before idle connections are closed. */
  private static final int QUIET_SECONDS = 5;

  private TestGateway gateway;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    var token = TestTokens.serve(node).customer("u1");
    readOwn =
        "GET /v1/notes/mine HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    notes = new NoteService(node);
    TestNode.await(node.deploy(notes));
  }

  @AfterAll
  static void stop() {
    TestNode.await(node.stop());
  }

  @BeforeEach
  void startGateway() {
    gateway =
        TestGateway.start(
            node,
            "TRADEPOST_DRAIN_SECONDS",
            "" + QUIET_SECONDS,
            "TRADEPOST_REQUEST_TIMEOUT_SECONDS",
            "60");
  }

  @Test
  void open_connections_are_told_to_close_and_new_ones_are_refused() {
    try (var client = new RawClient(gateway.port())) {
      assertThat(client.send(READ).readResponse()).contains("200 OK").doesNotContain("close");
      var left = leave();
      assertThat(client.send(READ).readAll()).contains("200 OK").containsOnlyOnce("close");
      TestNode.await(left);
    }
  }

  @Test
  void open_connections_are_kept_while_requests_still_arrive() {
    var clients = connectToEveryListener();
    var later = connectToEveryListener();
    var left = leave();
    for (var group : List.of(clients, later)) {
      var elapsed = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(QUIET_SECONDS * 550);
      await().until(() -> System.nanoTime() >= elapsed);
      for (var client : group) {
        assertThat(client.send(READ).readAll()).contains("200 OK").containsOnlyOnce("close");
        client.close();
      }
    }
    TestNode.await(left);
  }

  /** The listeners of a port take new connections in turn. */
  private List<RawClient> connectToEveryListener() {
    return Stream.generate(() -> new RawClient(gateway.port()))
        .limit(Runtime.getRuntime().availableProcessors())
        .peek(client -> assertThat(client.send(READ).readResponse()).contains("200 OK"))
        .toList();
  }

  @Test
  void what_is_in_flight_is_finished() {
    notes.ownGate = Promise.promise();
    var asked = notes.calls.size();
    try (var client = new RawClient(gateway.port())) {
      client.send(readOwn);
      await().until(() -> notes.calls.size() > asked);
      var left = leave();
      notes.ownGate.complete();
      assertThat(client.readResponse()).contains("200 OK");
      assertThat(client.readAll()).isEmpty();
      TestNode.await(left);
    } finally {
      notes.ownGate = null;
    }
  }

  /** Starts to shut down the gateway, and returns once its port is closed. */
  private Future<Void> leave() {
    var left = node.vertx().undeploy(gateway.id);
    await().until(this::isShut);
    return left;
  }

  private boolean isShut() {
    try {
      new RawClient(gateway.port()).close();
      return false;
    } catch (UncheckedIOException refused) {
      return true;
    }
  }
}
