package org.tradepost.platform.config;

import com.hazelcast.internal.util.Clock;
import com.hazelcast.internal.util.ClockProperties;
import java.util.concurrent.TimeUnit;

/**
 * Hazelcast's clock: begins at the system time and then advances monotonically. With the system
 * clock, a member whose clock is changed by half a minute takes what others send for old and
 * suspects all of them. Hazelcast reads the property for this once, when it is loaded.
 */
public final class SteadyClock extends Clock.ClockImpl {

  private final long startMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  /** Must be called before any class of Hazelcast is loaded. */
  public static void use() {
    System.setProperty(ClockProperties.HAZELCAST_CLOCK_IMPL, SteadyClock.class.getName());
  }

  @Override
  protected long currentTimeMillis() {
    return startMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
