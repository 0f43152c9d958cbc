package org.tradepost.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored")
class LoopTest {
  private static final Duration TIME = Duration.ofMillis(300);

  private final ScheduledExecutorService server = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  /** Sends a correct response after that many milliseconds. */
  private Client respondingAfter(long millis) {
    return responded ->
        server.schedule(() -> responded.accept(Optional.empty()), millis, TimeUnit.MILLISECONDS);
  }

  @Test
  void an_open_loop_counts_the_wait_for_a_client_that_is_busy() {
    var schedule = ArrivalSchedule.poisson(100, TIME, 1);
    var load = OpenLoop.run(List.of(respondingAfter(20)), schedule, TIME);
    // One client can send only 50 of the 100 requests per second, so the delay keeps growing.
    assertThat(load.latencies().getTotalCount()).isEqualTo(schedule.size());
    assertThat(load.latencies().getMaxValue()).isGreaterThan(100_000);
    assertThat(load.latencies().getMinValue()).isGreaterThanOrEqualTo(19_000);
  }

  @Test
  void a_closed_loop_asks_again_when_it_has_an_answer() {
    var load = ClosedLoop.run(Collections.nCopies(4, respondingAfter(10)), TIME);
    // On a busy machine all responses may come after the end.
    assertThat(load.correct()).isLessThanOrEqualTo(120);
    assertThat(load.latencies().getTotalCount()).isPositive();
    assertThat(load.failed()).isZero();
  }

  @Test
  void wrong_answers_are_not_counted_as_correct() {
    Client wrong =
        responded ->
            server.schedule(
                () -> responded.accept(Optional.of("409 OUT_OF_STOCK")), 1, TimeUnit.MILLISECONDS);
    var load = ClosedLoop.run(List.of(wrong), TIME);
    assertThat(load.correct()).isZero();
    assertThat(load.failed()).isPositive();
    assertThat(load.latencies().getTotalCount()).isZero();
    assertThat(load.faults()).contains("409 OUT_OF_STOCK");
  }

  @Test
  void two_loads_are_one_that_went_on_longer() {
    var first = ClosedLoop.run(List.of(respondingAfter(5)), TIME);
    var second = ClosedLoop.run(List.of(respondingAfter(40)), TIME);
    var both = first.plus(second);
    assertThat(both.seconds()).isEqualTo(2 * TIME.toMillis() / 1e3);
    assertThat(both.correct()).isEqualTo(first.correct() + second.correct());
    assertThat(both.millis(100)).isEqualTo(Math.max(first.millis(100), second.millis(100)));
  }
}
