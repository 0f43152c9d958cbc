package org.tradepost.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private static final int MIN_RETRIES = 100;

  private final AtomicLong seconds = new AtomicLong(1_000);
  private final RetryBudget budget = new RetryBudget(() -> TimeUnit.SECONDS.toNanos(seconds.get()));

  @Test
  void a_few_retries_need_no_calls() {
    assertThat(takeAll()).isEqualTo(MIN_RETRIES);
  }

  @Test
  void a_tenth_of_the_calls_may_be_retried() {
    call(5_000);
    assertThat(takeAll()).isEqualTo(500);
    call(1_000);
    assertThat(takeAll()).isEqualTo(100);
  }

  @Test
  void calls_and_retries_are_forgotten_after_ten_seconds() {
    call(5_000);
    seconds.addAndGet(5);
    assertThat(takeAll()).isEqualTo(500);
    seconds.addAndGet(4);
    assertThat(takeAll()).isZero();
    seconds.addAndGet(1);
    call(2_000);
    assertThat(takeAll()).isZero();
    seconds.addAndGet(5);
    assertThat(takeAll()).isEqualTo(200);
  }

  @Test
  void a_long_pause_leaves_nothing_of_before() {
    call(5_000);
    seconds.addAndGet(1_000);
    assertThat(takeAll()).isEqualTo(MIN_RETRIES);
  }

  @Test
  void no_ten_seconds_have_more_retries_than_a_tenth_of_the_calls() {
    var retries = new int[60];
    for (var second = 0; second < 60; second++) {
      call(1_000);
      retries[second] = takeAll();
      seconds.incrementAndGet();
    }
    for (var from = 0; from + 10 <= 60; from++) {
      assertThat(IntStream.range(from, from + 10).map(i -> retries[i]).sum())
          .isLessThanOrEqualTo(1_000);
    }
  }

  @Test
  void many_threads_take_no_more_than_there_is() {
    var taken = new AtomicInteger();
    IntStream.range(0, 20_000)
        .parallel()
        .forEach(
            i -> {
              budget.countCall();
              if (budget.take()) {
                taken.incrementAndGet();
              }
            });
    assertThat(taken.get()).isBetween(MIN_RETRIES, 2_000);
  }

  private void call(int times) {
    for (var i = 0; i < times; i++) {
      budget.countCall();
    }
  }

  private int takeAll() {
    var taken = 0;
    while (budget.take()) {
      taken++;
    }
    return taken;
  }
}
