package org.tradepost.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.ReceivedSpan;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;
import org.tradepost.platform.testing.TraceReceiver;

/** A service that is present but does not reply. */
class DownstreamCallsTest {

  private static final String CIRCUIT_OPEN = "tradepost.circuit.open";
  private static final String OF_LISTING = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String OF_ALL = "0af7651916cd43dd8448eb211c80319c";
  private static TraceReceiver receiver;
  private static ClusterNode node;
  private static NoteService notes;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    receiver = new TraceReceiver();
    node = TestNode.start(receiver);
    TestTokens.serve(node);
    notes = new NoteService(node);
    // On its own thread, so that it can block while the gateway does not.
    TestNode.await(
        node.vertx()
            .deployVerticle(
                notes, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
    gateway = TestGateway.start(node, "TRADEPOST_REQUEST_TIMEOUT_SECONDS", "5");
  }

  @AfterAll
  static void stop() {
    TestNode.await(node.stop());
    receiver.close();
  }

  @AfterEach
  void recover() {
    notes.unresponsiveCalls.set(0);
    await().until(() -> gateway.get("/v1/notes/a").status() == 200);
  }

  @Test
  void what_may_be_repeated_is_tried_again() {
    var before = notes.calls.size();
    notes.unresponsiveCalls.set(1);
    assertThat(gateway.get("/v1/notes/a").status()).isEqualTo(200);
    assertThat(notes.calls).hasSize(before + 2);
  }

  @Test
  void what_may_be_repeated_is_not_tried_for_ever() {
    var before = notes.calls.size();
    notes.unresponsiveCalls.set(2);
    assertUnavailable(gateway.get("/v1/notes/a"));
    assertThat(notes.calls).hasSize(before + 2);
  }

  @Test
  void what_may_not_be_repeated_is_tried_once() {
    var before = notes.calls.size();
    notes.unresponsiveCalls.set(1);
    assertUnavailable(gateway.send("POST", "/v1/counts", null));
    assertThat(notes.calls).hasSize(before + 1);
  }

  @Test
  void an_operation_that_is_never_answered_is_not_called_until_it_is_over_and_costs_no_other() {
    notes.gate = Promise.promise();
    for (var round = 0; round < 3; round++) {
      var name = "/v1/notes?q=" + round + "x";
      // Each request differs, so that none waits for the reply to another.
      var withoutReply =
          IntStream.range(0, 10).mapToObj(i -> gateway.sendAsync("GET", name + i)).toList();
      othersAreServed();
      withoutReply.forEach(call -> assertUnavailable(call.join()));
    }
    openTheCircuitOfListing();
    othersAreServed();

    notes.gate.complete();
    notes.gate = null;
    await().until(() -> gateway.get("/v1/notes?q=z").status() == 200);
  }

  private static void othersAreServed() {
    for (var i = 0; i < 20; i++) {
      assertThat(gateway.get("/v1/notes/a").status()).isEqualTo(200);
      assertThat(gateway.send("POST", "/v1/counts", null).status()).isEqualTo(200);
      assertThat(gateway.get("/v1/rejections/NOT_FOUND").status()).isEqualTo(404);
    }
  }

  /** Repeats until a request is rejected without a call to the service, as its trace shows. */
  private static void openTheCircuitOfListing() {
    var number = new AtomicInteger();
    await()
        .until(
            () -> {
              var before = notes.listed.size();
              var path = "/v1/notes?q=o" + number.incrementAndGet();
              assertUnavailable(gateway.get(path, "traceparent", traceparent(OF_LISTING)));
              return notes.listed.size() == before;
            });
    var rejected = notCalled(OF_LISTING);
    assertThat(rejected.name()).isEqualTo("GET /v1/notes");
    assertThat(rejected.attributes()).containsEntry("error.type", "UNAVAILABLE");
    assertThat(rejected.event(CIRCUIT_OPEN))
        .containsEntry("messaging.destination.name", "notes.v1.list");
  }

  private static String traceparent(String traceId) {
    return "00-" + traceId + "-00f067aa0ba902b7-01";
  }

  private static ReceivedSpan notCalled(String traceId) {
    return receiver.await(
        CIRCUIT_OPEN, span -> span.isIn(traceId) && span.events().contains(CIRCUIT_OPEN));
  }

  @Test
  void an_operation_that_always_fails_costs_no_other_and_is_called_on() {
    var before = notes.calls.size();
    for (var i = 0; i < 50; i++) {
      assertThat(gateway.get("/v1/rejections/fault").code()).isEqualTo("INTERNAL");
      assertThat(gateway.get("/v1/notes/a").status()).isEqualTo(200);
    }
    assertThat(notes.calls).hasSize(before + 100);
    assertThat(gateway.get("/v1/rejections/NOT_FOUND").status()).isEqualTo(404);
  }

  @Test
  void while_a_service_does_not_reply_none_of_its_operations_is_called() {
    var thaw = new CountDownLatch(1);
    notes.frozen = thaw;
    var first = gateway.sendAsync("POST", "/v1/counts");
    try {
      await().until(() -> isUnresponsive(gateway.get("/v1/notes/a")));
      for (var i = 0; i < 10; i++) {
        assertThat(isUnresponsive(gateway.send("POST", "/v1/counts", null))).isTrue();
        assertThat(isUnresponsive(gateway.get("/v1/rejections/NOT_FOUND"))).isTrue();
      }
      gateway.get("/v1/notes/a", "traceparent", traceparent(OF_ALL));
      assertThat(notCalled(OF_ALL).event(CIRCUIT_OPEN)).containsEntry("tradepost.service", "notes");
    } finally {
      notes.frozen = null;
      thaw.countDown();
    }
    assertUnavailable(first.join());
    await().until(() -> gateway.get("/v1/notes/a").status() == 200);
    await().until(() -> gateway.send("POST", "/v1/counts", null).status() == 200);
    assertThat(gateway.get("/v1/rejections/NOT_FOUND").status()).isEqualTo(404);
  }

  private static boolean isUnresponsive(TestGateway.Response answer) {
    assertUnavailable(answer);
    return answer
        .json()
        .path("detail")
        .asText()
        .equals("The service notes does not reply at the moment");
  }

  @Test
  void missing_replies_do_not_open_the_circuit_while_others_are_answered() {
    var before = notes.calls.size();
    notes.unresponsiveCalls.set(10);
    var calls = Stream.generate(() -> gateway.sendAsync("POST", "/v1/counts")).limit(10).toList();
    await().until(() -> notes.calls.size() == before + 10);
    assertThat(gateway.send("POST", "/v1/counts", null).status()).isEqualTo(200);
    calls.forEach(call -> assertUnavailable(call.join()));
    assertThat(gateway.send("POST", "/v1/counts", null).status()).isEqualTo(200);
  }

  @Test
  void rejections_do_not_open_the_circuit() {
    for (var code : new String[] {"NOT_FOUND", "OVERLOADED", "UNAVAILABLE", "INTERNAL"}) {
      for (var i = 0; i < 10; i++) {
        gateway.get("/v1/rejections/" + code);
      }
    }
    assertThat(gateway.get("/v1/notes/a").status()).isEqualTo(200);
  }

  private static void assertUnavailable(TestGateway.Response answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.header("retry-after")).isEqualTo("1");
  }
}
