package org.tradepost.platform.telemetry.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.Response;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.sql.Batcher;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestService;
import org.tradepost.platform.testing.TestTokens;

/** Many requests share the event loops of a node; each logs with its own ids. */
class LoggingContextTest {

  record Greet(String name, int limit, String ifMatch, List<String> words) {}

  record Greeting(String text, int limit) {}

  record Leave(String name) {}

  private static final Operation<Greet, Greeting> GREET =
      Operation.open("greeting.v1.greet", Greet.class, Greeting.class);
  private static final Operation<Greet, Greeting> INTERNAL =
      Operation.internal("greeting.v1.internal", Greet.class, Greeting.class);

  private static final String SPAN = "00f067aa0ba902b7";
  private static final int REQUESTS = 60;
  private static final Logger log = LoggerFactory.getLogger("Greeter");

  private static ClusterNode node;
  @AutoClose private final TestLog lines = new TestLog();

  /** Logs each step: in a batch with others, after a timer and after a call. */
  private static final class Greeter {
    private final Batcher<String, String> batches =
        new Batcher<>(
            8,
            REQUESTS,
            batch ->
                node.vertx()
                    .timer(2)
                    .map(done -> batch.stream().map(Future::succeededFuture).toList()));

    Future<Response<Greeting>> greet(Greet request, RequestContext call) {
      var name = request.name();
      LoggingContext.setOrder("order-of-" + name);
      log.info("{} begins", name);
      return batches
          .submit(name, call)
          .onSuccess(done -> log.info("{} was in a batch", name))
          .compose(done -> node.vertx().timer(3))
          .onSuccess(done -> log.info("{} waited", name))
          .compose(done -> node.bus().call(INTERNAL, request, call))
          .onSuccess(done -> log.info("{} was answered", name))
          .map(Response::of);
    }

    Future<Greeting> internal(Greet request, RequestContext call) {
      log.info("{} is passed on", request.name());
      return request.name().equals("nobody")
          ? Future.failedFuture(ServiceException.overloaded())
          : Future.succeededFuture(new Greeting(request.name(), 1));
    }
  }

  @BeforeAll
  static void start() {
    node = TestNode.start();
    TestTokens.serve(node);
    var greeter = new Greeter();
    await(
        node.deploy(
            new TestService(
                new Service(node, "greeting")
                    .answer(GREET, greeter::greet)
                    .serve(
                        Operation.open("greeting.v1.secret", Leave.class, Greeting.class),
                        (request, call) -> Future.succeededFuture(new Greeting("", 1)))
                    .serve(INTERNAL, greeter::internal))));
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  @Test
  void every_line_has_the_ids_of_the_request_that_it_is_written_for() {
    var replies =
        IntStream.range(0, REQUESTS).mapToObj(number -> send("caller" + number, true)).toList();
    await(Future.join(replies));
    var greeted = lines.of("Greeter");
    assertThat(greeted).hasSize(5 * REQUESTS);
    for (var line : greeted) {
      var message = line.path("message").asText();
      var name = message.substring(0, message.indexOf(' '));
      assertThat(line.path(LogFields.REQUEST_ID).asText()).as(message).isEqualTo("id-" + name);
      assertThat(line.path(LogFields.TRACE_ID).asText()).as(message).isEqualTo(trace(name));
      assertThat(line.path(LogFields.SPAN_ID).asText()).isEqualTo(SPAN);
      assertThat(line.path(LogFields.SERVICE).asText()).isEqualTo("greeting");
      if (!message.endsWith("passed on")) {
        assertThat(line.path(LogFields.ORDER_ID).asText()).isEqualTo("order-of-" + name);
      }
    }
  }

  @Test
  void a_request_that_was_chosen_has_a_line_in_each_service() {
    var reply = await(send("Ada", true));
    assertThat(reply.get(BusHeaders.LOGGED_ORDER)).isEqualTo("order-of-Ada");
    assertThat(lines.about("id-Ada"))
        .extracting(line -> line.path("message").asText().replaceAll("[\\d.]+ ms", "x"))
        .containsExactly("greeting.v1.internal served in x", "greeting.v1.greet served in x");
    assertThat(lines.about("id-Ada").get(1).path(LogFields.DURATION).longValue()).isPositive();
  }

  @Test
  void a_rejected_request_has_the_code_in_its_line() {
    assertThat(await(send("nobody", true).transform(Future::succeededFuture)).failed()).isTrue();
    assertThat(lines.about("id-nobody"))
        .allSatisfy(line -> assertThat(line.path("error.code").asText()).isEqualTo("OVERLOADED"))
        .isNotEmpty();
  }

  @Test
  void a_request_that_was_not_chosen_has_none() {
    var reply = await(send("Eve", false));
    assertThat(reply.contains(BusHeaders.LOGGED_ORDER)).isFalse();
    assertThat(lines.about("id-Eve")).isEmpty();
  }

  @Test
  void outside_a_request_a_line_has_no_ids() {
    await(
        node.vertx()
            .timer(1)
            .onSuccess(done -> LoggingContext.setOrder("x"))
            .onSuccess(done -> log.info("alone")));
    assertThat(lines.of("Greeter"))
        .singleElement()
        .satisfies(line -> assertThat(line.has(LogFields.REQUEST_ID)).isFalse())
        .satisfies(line -> assertThat(line.has(LogFields.ORDER_ID)).isFalse());
  }

  private static Future<MultiMap> send(String name, boolean logged) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    headers.addAll(
        Map.of(
            BusHeaders.REQUEST_ID,
            "id-" + name,
            BusHeaders.TRACEPARENT,
            "00-" + trace(name) + "-" + SPAN + "-01",
            "name",
            name,
            "ifMatch",
            "1"));
    if (logged) {
      headers.set(BusHeaders.LOGGED, "true");
    }
    var body = new JsonObject().put("words", List.of());
    return node.bus()
        .send(GREET.address(), Buffer.buffer(body.encode()), headers, TestNode.TIMEOUT_MILLIS)
        .map(reply -> reply.headers());
  }

  private static String trace(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }
}
