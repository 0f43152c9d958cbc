package org.tradepost.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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
    batcher.submit("a");
    assertThat(batches).containsExactly(List.of("a"));
  }

  @Test
  void what_arrives_meanwhile_forms_the_next_batch_up_to_the_cap() {
    for (var item : List.of("a", "b", "c", "d", "e")) {
      batcher.submit(item);
    }
    finish(0);
    finish(1);
    assertThat(batches).containsExactly(List.of("a"), List.of("b", "c", "d"), List.of("e"));
  }

  @Test
  void each_item_has_its_own_verdict() {
    batcher.submit("a");
    var bad = batcher.submit("bad");
    var good = batcher.submit("good");
    finish(0);
    finish(1);
    assertThat(bad.failed()).isTrue();
    assertThat(good.result()).isEqualTo("GOOD");
  }

  @Test
  void a_full_queue_refuses() {
    for (var i = 0; i < 5; i++) {
      assertThat(batcher.submit("x" + i).isComplete()).isFalse();
    }
    var refused = batcher.submit("y");
    assertThat(((ServiceException) refused.cause()).failure().code()).isEqualTo("OVERLOADED");
  }

  @Test
  void a_poisonous_item_fails_alone() {
    batcher.submit("a");
    var neighbour = batcher.submit("neighbour");
    var poison = batcher.submit("poison");
    finish(0);
    inFlight.get(1).fail("the transaction broke");
    finish(2);
    inFlight.get(3).fail("it was this one");
    assertThat(neighbour.result()).isEqualTo("NEIGHBOUR");
    assertThat(poison.cause()).hasMessage("it was this one");
  }

  @Test
  void when_the_database_is_away_nobody_is_tried_alone() {
    batcher.submit("a");
    var waiting = List.of(batcher.submit("b"), batcher.submit("c"));
    finish(0);
    inFlight.get(1).fail(ServiceException.unavailable("away"));
    assertThat(waiting).allMatch(Future::failed);
    assertThat(batches).hasSize(2);
  }

  @Test
  void after_a_failure_it_goes_on() {
    batcher.submit("a");
    inFlight.get(0).fail("broken");
    var next = batcher.submit("b");
    finish(1);
    assertThat(next.result()).isEqualTo("B");
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
