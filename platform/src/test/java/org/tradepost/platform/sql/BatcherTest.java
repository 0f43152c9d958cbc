package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.ServiceException;

class BatcherTest {

  private final List<List<String>> batches = new ArrayList<>();
  private final List<Promise<Void>> inFlight = new ArrayList<>();

  private final Batcher<String, String> batcher =
      new Batcher<>(
          3,
          4,
          batch -> {
            batches.add(batch);
            Promise<Void> promise = Promise.promise();
            inFlight.add(promise);
            return promise.future().map(done -> batch.stream().map(BatcherTest::verdict).toList());
          });

  @Test
  void one_item_does_not_wait() {
    submit("a");
    assertThat(batches).containsExactly(List.of("a"));
  }

  @Test
  void what_arrives_meanwhile_forms_the_next_batch_up_to_the_cap() {
    for (var item : List.of("a", "b", "c", "d", "e")) {
      submit(item);
    }
    finish(0);
    finish(1);
    assertThat(batches).containsExactly(List.of("a"), List.of("b", "c", "d"), List.of("e"));
  }

  @Test
  void each_item_has_its_own_verdict() {
    submit("a");
    var bad = submit("bad");
    var good = submit("good");
    finish(0);
    finish(1);
    assertThat(bad.failed()).isTrue();
    assertThat(good.result()).isEqualTo("GOOD");
  }

  @Test
  void a_full_queue_rejects_items() {
    for (var i = 0; i < 5; i++) {
      assertThat(submit("x" + i).isComplete()).isFalse();
    }
    var rejected = submit("y");
    assertThat(((ServiceException) rejected.cause()).failure().code()).isEqualTo("OVERLOADED");
  }

  @Test
  void a_poisonous_item_fails_alone() {
    submit("a");
    var neighbour = submit("neighbour");
    var poison = submit("poison");
    finish(0);
    inFlight.get(1).fail("the transaction broke");
    finish(2);
    inFlight.get(3).fail("it was this one");
    assertThat(neighbour.result()).isEqualTo("NEIGHBOUR");
    assertThat(poison.cause()).hasMessage("it was this one");
  }

  @Test
  void when_the_database_is_unavailable_nobody_is_tried_alone() {
    submit("a");
    var waiting = List.of(submit("b"), submit("c"));
    finish(0);
    inFlight.get(1).fail(ServiceException.unavailable("down"));
    assertThat(waiting).allMatch(Future::failed);
    assertThat(batches).hasSize(2);
  }

  @Test
  void after_a_failure_it_goes_on() {
    submit("a");
    inFlight.get(0).fail("broken");
    var next = submit("b");
    finish(1);
    assertThat(next.result()).isEqualTo("B");
  }

  @Test
  void who_has_stopped_waiting_gets_into_no_batch() {
    submit("a");
    var impatient = RequestContext.background(1);
    var late = batcher.submit("late", impatient);
    var patient = submit("patient");
    await().until(() -> impatient.remaining() <= 0);
    finish(0);
    finish(1);
    assertThat(batches).containsExactly(List.of("a"), List.of("patient"));
    assertThat(((ServiceException) late.cause()).failure().code()).isEqualTo("UNAVAILABLE");
    assertThat(patient.result()).isEqualTo("PATIENT");
  }

  @Test
  void who_has_stopped_waiting_takes_no_room_in_a_full_queue() {
    submit("a");
    var impatient = RequestContext.background(1);
    var late = batcher.submit("late", impatient);
    for (var i = 1; i < 4; i++) {
      submit("x" + i);
    }
    await().until(() -> impatient.remaining() <= 0);
    assertThat(submit("patient").isComplete()).isFalse();
    assertThat(((ServiceException) late.cause()).failure().code()).isEqualTo("UNAVAILABLE");
  }

  private Future<String> submit(String item) {
    return batcher.submit(item, RequestContext.background(60_000));
  }

  private void finish(int batch) {
    inFlight.get(batch).complete();
  }

  private static Future<String> verdict(String item) {
    return item.equals("bad")
        ? Future.failedFuture("bad")
        : Future.succeededFuture(item.toUpperCase(java.util.Locale.ROOT));
  }
}
