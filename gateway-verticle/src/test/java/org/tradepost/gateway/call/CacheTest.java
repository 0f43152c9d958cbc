package org.tradepost.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.events.EventOperations;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

class CacheTest {

  private static final AtomicInteger words = new AtomicInteger();

  private static ClusterNode node;
  private static NoteService notes;
  private static String notesId;
  private static String customer;
  private static TestGateway gateway;
  private static TestGateway impatient;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    customer = "Bearer " + TestTokens.serve(node).customer("u1");
    notes = new NoteService(node);
    notesId = TestNode.await(node.vertx().deployVerticle(notes));
    gateway = TestGateway.start(node);
    impatient = TestGateway.start(node, "TRADEPOST_STALE_SECONDS", "0");
  }

  @AfterAll
  static void stop() {
    TestNode.await(node.stop());
  }

  @Test
  void the_same_question_is_answered_from_the_cache() {
    withinASecond(
        word -> {
          var first = gateway.get("/v1/notes?q=" + word + "&limit=3");
          var second = gateway.get("/v1/notes?limit=3&q=" + word);
          assertThat(second.text()).isEqualTo(first.text());
          assertThat(second.header("etag")).isEqualTo(first.header("etag"));
          assertThat(first.header("age")).as("rounded up").isIn("0", "1");
          assertThat(first.header("cache-control")).isEqualTo("public, max-age=1");
          assertThat(first.header("vary")).contains("Authorization");
          assertThat(asked(word)).isEqualTo(1);
        });
  }

  @Test
  void another_question_is_asked() {
    gateway.get("/v1/notes?q=one");
    gateway.get("/v1/notes?q=two");
    assertThat(asked("one")).isEqualTo(1);
    assertThat(asked("two")).isEqualTo(1);
  }

  @Test
  void a_cached_reply_need_not_be_sent_again() {
    withinASecond(
        word -> {
          var tag = gateway.get("/v1/notes?q=" + word).header("etag");
          var again = gateway.get("/v1/notes?q=" + word, "If-None-Match", tag);
          assertThat(again.status()).isEqualTo(304);
          assertThat(again.header("cache-control")).isEqualTo("public, max-age=1");
        });
  }

  @Test
  void who_shows_a_good_token_is_not_answered_from_the_cache() {
    gateway.get("/v1/notes?q=token");
    var answer = gateway.get("/v1/notes?q=token", "Authorization", customer);
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(asked("token")).isEqualTo(2);
  }

  @Test
  void a_bad_token_is_as_none() {
    withinASecond(
        word -> {
          var first = gateway.get("/v1/notes?q=" + word);
          var answer = gateway.get("/v1/notes?q=" + word, "Authorization", "Bearer x");
          assertThat(answer.text()).isEqualTo(first.text());
          assertThat(answer.header("cache-control")).isEqualTo("public, max-age=1");
          assertThat(asked(word)).isEqualTo(1);
        });
  }

  @Test
  void who_may_see_more_with_a_token_is_not_answered_from_the_cache() {
    var first = gateway.get("/v1/inventory");
    var answer = gateway.get("/v1/inventory", "Authorization", customer);
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.text()).isNotEqualTo(first.text());
    assertThat(first.header("vary")).contains("Authorization");
  }

  @Test
  void a_reply_that_is_too_old_is_asked_for_again() {
    gateway.get("/v1/notes?q=old");
    await()
        .untilAsserted(
            () -> {
              gateway.get("/v1/notes?q=old");
              assertThat(asked("old")).isEqualTo(2);
            });
  }

  @Test
  void when_the_service_has_changed_something_it_is_asked_again() {
    var first = new AtomicReference<String>();
    withinASecond(
        word -> {
          first.set(gateway.get("/v1/inventory").text());
          assertThat(gateway.get("/v1/inventory").text()).isEqualTo(first.get());
        });
    node.bus().notify(EventOperations.changeNotification("notes"));
    await().until(() -> !gateway.get("/v1/inventory").text().equals(first.get()));
  }

  @Test
  void a_rejection_is_not_remembered() {
    gateway.get("/v1/notes?q=" + "x".repeat(21));
    assertThat(gateway.get("/v1/notes?q=" + "x".repeat(21)).status()).isEqualTo(400);
  }

  @Test
  void who_asks_the_same_at_once_waits_for_one_call() {
    withinASecond(
        word -> {
          notes.gate = Promise.promise();
          var answers =
              Stream.generate(() -> gateway.sendAsync("GET", "/v1/notes?q=" + word))
                  .limit(20)
                  .toList();
          await().until(() -> asked(word) > 0);
          notes.gate.complete();
          notes.gate = null;
          assertThat(answers)
              .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
          assertThat(asked(word)).isEqualTo(1);
        });
  }

  @Test
  void while_the_service_is_unavailable_its_last_response_is_given_with_its_age() {
    // Asked first, so that its cached reply is the older one.
    impatient.get("/v1/notes?q=last");
    var last = gateway.get("/v1/notes?q=last");
    TestNode.await(node.vertx().undeploy(notesId));
    try {
      await()
          .untilAsserted(
              () -> {
                var answer = gateway.get("/v1/notes?q=last");
                assertThat(answer.text()).isEqualTo(last.text());
                assertThat(Integer.parseInt(answer.header("age"))).isGreaterThanOrEqualTo(2);
              });
      assertThat(gateway.get("/v1/notes?q=never").status()).isEqualTo(503);
      assertThat(impatient.get("/v1/notes?q=last").status()).isEqualTo(503);
    } finally {
      notes = new NoteService(node);
      notesId = TestNode.await(node.vertx().deployVerticle(notes));
      await().until(() -> gateway.get("/v1/notes").status() == 200);
    }
  }

  /**
   * Checks what holds while a reply is cached, which is one second. A busy machine may be too slow
   * for the second request, so the check is repeated with a new word until it holds.
   */
  private static void withinASecond(Consumer<String> check) {
    await().untilAsserted(() -> check.accept("word" + words.incrementAndGet()));
  }

  private static long asked(String word) {
    return notes.listed.stream().filter(request -> word.equals(request.q())).count();
  }
}
