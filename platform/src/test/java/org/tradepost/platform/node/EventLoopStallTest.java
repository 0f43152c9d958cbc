package org.tradepost.platform.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventLoopStallTest {

  private final AtomicLong now = new AtomicLong();
  private final EventLoopStall stall = new EventLoopStall(now::get);

  @Test
  void a_node_that_goes_on_has_not_stood_still() {
    for (var i = 0; i < 20; i++) {
      pass(100);
      stall.tick();
    }
    assertThat(stall.millis()).isZero();
  }

  @Test
  void what_is_read_before_the_next_tick_and_for_a_second_after_may_be_as_old_as_the_pause() {
    pass(3_000);
    assertThat(stall.millis()).isEqualTo(3_000);
    stall.tick();
    assertThat(stall.millis()).isEqualTo(3_000);
    pass(400);
    stall.tick();
    assertThat(stall.millis()).isEqualTo(3_000);
    pass(400);
    stall.tick();
    pass(400);
    stall.tick();
    assertThat(stall.millis()).isZero();
  }

  private void pass(long millis) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
