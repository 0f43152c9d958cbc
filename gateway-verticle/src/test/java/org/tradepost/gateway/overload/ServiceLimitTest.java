package org.tradepost.gateway.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.contract.product.ProductError;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.overload.ClientLimits.Slot;
import org.tradepost.platform.description.Priority;
import org.tradepost.platform.telemetry.metrics.Metrics;
import org.tradepost.platform.telemetry.metrics.MetricsSummary;
import org.tradepost.platform.telemetry.metrics.NodeMetric;
import org.tradepost.platform.testing.TestNode;

class ServiceLimitTest {

  private static Vertx vertx;
  private static Context loop;

  private final List<Promise<String>> pending = new ArrayList<>();
  private final ServiceLimit limit = new ServiceLimit(vertx, "notes", FixedLimit.of(10), 0.5);

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    loop = vertx.getOrCreateContext();
  }

  @AfterAll
  static void close() {
    TestNode.await(vertx.close());
  }

  @Test
  void each_priority_finds_room_that_the_lower_ones_leave() {
    atOnce(
        () -> {
          assertThat(fill(Priority.SCAN)).isEqualTo(6);
          assertThat(fill(Priority.NEW)).isEqualTo(2);
          assertThat(fill(Priority.BEGUN)).isEqualTo(1);
          assertThat(fill(Priority.OPERATIONS)).isEqualTo(1);
        });
  }

  @Test
  void an_answer_makes_room() {
    atOnce(
        () -> {
          fill(Priority.NEW);
          pending.get(0).complete("done");
          assertThat(fill(Priority.NEW)).isEqualTo(1);
          pending.get(1).fail("broken");
          assertThat(fill(Priority.NEW)).isEqualTo(1);
        });
  }

  @Test
  void looking_for_room_takes_none() {
    atOnce(
        () -> {
          for (var i = 0; i < 20; i++) {
            assertThat(limit.hasRoom(Priority.NEW)).isTrue();
          }
          assertThat(fill(Priority.NEW)).isEqualTo(8);
          assertThat(limit.hasRoom(Priority.NEW)).isFalse();
          assertThat(limit.hasRoom(Priority.BEGUN)).isTrue();
        });
  }

  @Test
  void a_permit_counts_before_its_call_is_made() {
    atOnce(
        () -> {
          var permits = new ArrayList<Permit>();
          for (var i = 0; i < 8; i++) {
            permits.add(limit.permit(Priority.NEW));
          }
          assertThat(limit.hasRoom(Priority.NEW)).isFalse();
          permits.forEach(permit -> permit.call(Promise.promise()::future));
          assertThat(limit.inFlight()).isEqualTo(8);
        });
  }

  @Test
  void a_permit_that_is_not_needed_makes_room_once() {
    atOnce(
        () -> {
          fill(Priority.SCAN);
          var permit = limit.permit(Priority.NEW);
          permit.giveBack();
          permit.giveBack();
          assertThat(limit.inFlight()).isEqualTo(6);
        });
  }

  @Test
  void a_call_that_was_made_counts_until_it_is_answered() {
    atOnce(
        () -> {
          Promise<String> answer = Promise.promise();
          var permit = limit.permit(Priority.NEW);
          permit.call(answer::future);
          permit.giveBack();
          assertThat(limit.inFlight()).isEqualTo(1);
          answer.complete("done");
          permit.giveBack();
          assertThat(limit.inFlight()).isZero();
        });
  }

  @Test
  void a_permit_lapses_and_takes_room_anew_for_its_call() {
    var permit = limit.permit(Priority.NEW);
    await().until(() -> limit.inFlight() == 0);
    atOnce(
        () -> {
          Promise<String> answer = Promise.promise();
          permit.call(answer::future);
          assertThat(limit.inFlight()).isEqualTo(1);
          answer.complete("done");
          assertThat(limit.inFlight()).isZero();
        });
  }

  @Test
  void a_permit_that_lapsed_is_worth_nothing_when_there_is_no_room() {
    var permit = limit.permit(Priority.NEW);
    await().until(() -> limit.inFlight() == 0);
    atOnce(
        () -> {
          fill(Priority.NEW);
          var rejected = permit.call(() -> Future.succeededFuture("made"));
          assertThat(rejected.cause()).isSameAs(limit.overloaded());
          permit.giveBack();
          assertThat(limit.inFlight()).isEqualTo(8);
        });
  }

  @Test
  void it_measures_the_calls_in_flight_and_those_that_were_rejected() {
    var metrics = new Metrics();
    limit.measure(metrics);
    Promise<List<NodeMetric>> told = Promise.promise();
    atOnce(
        () -> {
          fill(Priority.NEW);
          pending.get(0).complete("done");
          new MetricsSummary(metrics).read().onComplete(told);
        });
    assertThat(TestNode.await(told.future()))
        .containsExactly(
            new NodeMetric(
                MetricsSummary.LIMIT, "notes", Map.of("inFlight", 7L, "most", 10L, "refused", 1L)));
  }

  @Test
  void missing_replies_do_not_take_the_room_of_others_for_long() {
    atOnce(() -> fill(Priority.OPERATIONS));
    await().untilAsserted(() -> atOnce(() -> assertThat(fill(Priority.OPERATIONS)).isEqualTo(10)));
    atOnce(
        () -> {
          pending.forEach(promise -> promise.complete("late"));
          assertThat(fill(Priority.OPERATIONS)).isEqualTo(10);
        });
  }

  @Test
  void it_learns_from_what_the_service_did_and_from_nothing_else() {
    var samples = new Samples();
    var learning = new ServiceLimit(vertx, "notes", samples, 0.5);
    call(learning, Future.succeededFuture("done"));
    call(learning, failed(new ServiceException(ProductError.OUT_OF_STOCK)));
    call(learning, failed(ServiceException.unavailable("the circuit is open")));
    call(learning, failed(new IllegalStateException()));
    call(learning, failed(ServiceException.noReply("notes")));
    call(learning, failed(new ServiceException(CommonError.OVERLOADED)));
    assertThat(samples.dropped).containsExactly(false, false, true, true);
    assertThat(samples.millis.subList(2, 4)).allMatch(millis -> millis >= 1_000);
  }

  @Test
  void a_client_has_its_share_and_others_find_the_rest() {
    atOnce(
        () -> {
          assertThat(fillFor("greedy")).isEqualTo(5);
          assertThat(fillFor("greedy")).isZero();
          assertThat(fillFor("modest")).isEqualTo(5);
        });
  }

  @Test
  void a_client_may_have_more_when_something_of_it_has_ended() {
    atOnce(
        () -> {
          fillFor("u1");
          pending.get(0).complete("done");
          pending.get(1).fail("broken");
          assertThat(fillFor("u1")).isEqualTo(2);
          var permit = limit.permit(Priority.NEW);
          permit.giveBack();
          permit.giveBack();
          assertThat(fillFor("u1")).isZero();
        });
  }

  @Test
  void missing_replies_do_not_lock_a_client_out() {
    atOnce(() -> fillFor("u1"));
    await().untilAsserted(() -> atOnce(() -> assertThat(fillFor("u1")).isEqualTo(5)));
    atOnce(
        () -> {
          pending.forEach(promise -> promise.complete("late"));
          assertThat(fillFor("u1")).isEqualTo(5);
          pending.forEach(promise -> promise.tryComplete("done"));
          assertThat(limit.inFlight()).isZero();
          assertThat(limit.clients()).isZero();
        });
  }

  @Test
  void a_permit_that_waited_too_long_counts_for_its_client_anew() {
    var permit = limit.permit(Priority.NEW);
    permit.assignTo("u1", Slot.NONE);
    await().until(() -> limit.inFlight() == 0);
    assertThat(limit.clients()).isZero();
    atOnce(
        () -> {
          fillFor("u1");
          var rejected = permit.call(Promise.promise()::future);
          assertThat(rejected.cause())
              .isInstanceOfSatisfying(
                  ServiceException.class,
                  rejection -> assertThat(rejection.is(CommonError.TOO_MANY_REQUESTS)).isTrue());
          assertThat(limit.inFlight()).isEqualTo(5);
        });
  }

  /** Runs work on the event loop, so that no permit lapses before it ends. */
  private static void atOnce(Runnable work) {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(
        now -> {
          try {
            work.run();
            done.complete();
          } catch (AssertionError | RuntimeException failure) {
            done.fail(failure);
          }
        });
    TestNode.await(done.future());
  }

  /** Fills the client's share; each rejection leaves nothing counted. */
  private int fillFor(String client) {
    for (var made = 0; ; made++) {
      var before = limit.inFlight();
      var permit = limit.permit(Priority.OPERATIONS);
      try {
        permit.assignTo(client, Slot.NONE);
      } catch (ServiceException rejection) {
        assertThat(rejection.is(CommonError.TOO_MANY_REQUESTS)).isTrue();
        assertThat(limit.inFlight()).isEqualTo(before);
        return made;
      }
      Promise<String> promise = Promise.promise();
      permit.call(promise::future);
      pending.add(promise);
      if (limit.inFlight() == 10) {
        return made + 1;
      }
    }
  }

  private int fill(Priority priority) {
    var before = pending.size();
    while (true) {
      Permit permit;
      try {
        permit = limit.permit(priority);
      } catch (ServiceException rejection) {
        assertThat(rejection.is(CommonError.OVERLOADED)).isTrue();
        return pending.size() - before;
      }
      Promise<String> promise = Promise.promise();
      permit.call(promise::future);
      pending.add(promise);
    }
  }

  private static void call(ServiceLimit limit, Future<String> answer) {
    limit.permit(Priority.NEW).call(() -> answer);
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
