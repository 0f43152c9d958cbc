package org.tradepost.platform.config;

import com.hazelcast.internal.util.Clock;
import com.hazelcast.internal.util.ClockProperties;
import java.util.concurrent.TimeUnit;

/**
 * The clock of Hazelcast: the computer's when it is first asked, and from then on whatever time has
 * passed. By the computer's own clock a member that is set by half a minute takes what others send
 * for old, and suspects all of them. Hazelcast reads a property for that once, when it is loaded.
 */
public final class SteadyClock extends Clock.ClockImpl {

  private final long startMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  /** To be called before anything of Hazelcast is. */
  public static void use() {
    System.setProperty(ClockProperties.HAZELCAST_CLOCK_IMPL, SteadyClock.class.getName());
  }

  @Override
  protected long currentTimeMillis() {
    return startMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
