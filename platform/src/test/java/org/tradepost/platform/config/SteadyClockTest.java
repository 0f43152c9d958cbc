package org.tradepost.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import com.hazelcast.internal.util.Clock;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.testing.TestNode;

class SteadyClockTest {

  @Test
  void hazelcast_goes_by_it() throws ReflectiveOperationException {
    await(TestNode.start().stop());
    Field clock = Clock.class.getDeclaredField("CLOCK");
    clock.setAccessible(true);
    assertThat(clock.get(null)).isInstanceOf(SteadyClock.class);
    assertThat(Clock.currentTimeMillis())
        .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis() + 60_000);
  }
}
