package org.tradepost.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.face.Priority;
import org.tradepost.common.testing.TestNode;

class ServiceLimitTest {

  private static final Vertx VERTX = Vertx.vertx();

  private final List<Promise<String>> underWay = new ArrayList<>();
  private final ServiceLimit limit = new ServiceLimit(VERTX, "shelf", FixedLimit.of(10));

  @AfterAll
  static void close() {
    TestNode.await(VERTX.close());
  }

  @Test
  void each_priority_finds_room_that_the_lower_ones_leave() {
    assertThat(fill(Priority.SCAN)).isEqualTo(6);
    assertThat(fill(Priority.NEW)).isEqualTo(2);
    assertThat(fill(Priority.BEGUN)).isEqualTo(1);
    assertThat(fill(Priority.OPERATIONS)).isEqualTo(1);
  }

  @Test
  void an_answer_makes_room() {
    fill(Priority.NEW);
    underWay.get(0).complete("done");
    assertThat(fill(Priority.NEW)).isEqualTo(1);
    underWay.get(1).fail("broken");
    assertThat(fill(Priority.NEW)).isEqualTo(1);
  }

  @Test
  void looking_for_room_takes_none() {
    for (var i = 0; i < 20; i++) {
      limit.requireRoom(Priority.NEW);
    }
    assertThat(fill(Priority.NEW)).isEqualTo(8);
  }

  @Test
  void it_tells_what_is_under_way_and_what_was_refused() {
    fill(Priority.NEW);
    underWay.get(0).complete("done");
    assertThat(limit.figures().result())
        .isEqualTo(Map.of("inFlight", 7, "most", 10, "refused", 1L));
  }

  @Test
  void silence_does_not_take_the_room_of_others_for_long() {
    fill(Priority.OPERATIONS);
    await().until(() -> fill(Priority.OPERATIONS) == 10);
    underWay.forEach(promise -> promise.complete("late"));
    assertThat(fill(Priority.OPERATIONS)).isEqualTo(10);
  }

  @Test
  void it_learns_from_what_the_service_did_and_from_nothing_else() {
    var samples = new Samples();
    var learning = new ServiceLimit(VERTX, "shelf", samples);
    learning.call(Priority.NEW, () -> Future.succeededFuture("done"));
    learning.call(Priority.NEW, () -> failed(new ServiceException(ErrorCode.OUT_OF_STOCK)));
    learning.call(Priority.NEW, () -> failed(ServiceException.unavailable("the circuit is open")));
    learning.call(Priority.NEW, () -> failed(new IllegalStateException()));
    learning.call(Priority.NEW, () -> failed(ServiceException.unanswered("shelf")));
    learning.call(Priority.NEW, () -> failed(new ServiceException(ErrorCode.OVERLOADED)));
    assertThat(samples.dropped).containsExactly(false, false, true, true);
    assertThat(samples.millis.subList(2, 4)).allMatch(millis -> millis >= 1_000);
  }

  private int fill(Priority priority) {
    var before = underWay.size();
    while (true) {
      Promise<String> promise = Promise.promise();
      var answer = limit.call(priority, promise::future);
      if (answer.failed()) {
        assertThat(((ServiceException) answer.cause()).is(ErrorCode.OVERLOADED)).isTrue();
        return underWay.size() - before;
      }
      underWay.add(promise);
    }
  }

  private static Future<String> failed(Throwable failure) {
    return Future.failedFuture(failure);
  }

  private static final class Samples implements Limit {
    private final List<Boolean> dropped = new ArrayList<>();
    private final List<Long> millis = new ArrayList<>();

    @Override
    public int getLimit() {
      return 10;
    }

    @Override
    public void notifyOnChange(Consumer<Integer> consumer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void onSample(long startTime, long rtt, int inflight, boolean didDrop) {
      dropped.add(didDrop);
      millis.add(rtt / 1_000_000);
    }
  }
}
