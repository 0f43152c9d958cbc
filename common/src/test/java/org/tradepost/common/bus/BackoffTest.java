package org.tradepost.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(500, 4_000);

  @Test
  void pauses_double_up_to_the_maximum() {
    for (var about : new long[] {500, 1_000, 2_000, 4_000, 4_000}) {
      assertThat(backoff.next()).isBetween(about / 2, about * 3 / 2);
    }
  }

  @Test
  void a_success_begins_anew() {
    assertThat(backoff.isBackingOff()).isFalse();
    backoff.next();
    backoff.next();
    assertThat(backoff.isBackingOff()).isTrue();
    backoff.reset();
    assertThat(backoff.isBackingOff()).isFalse();
    assertThat(backoff.next()).isBetween(250L, 750L);
  }

  @Test
  void no_time_has_no_jitter() {
    assertThat(Backoff.jitter(0)).isZero();
  }
}
