package org.tradepost.platform.telemetry.logging;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The lines about requests: one of the gateway, and one of each service that took part. Their
 * logger has a name of its own, so that they can be told from all others.
 */
public final class RequestLog {

  /** The name of the logger. */
  public static final String NAME = "requests";

  private static final double NANOS_PER_MILLI = 1_000_000;
  private static final Logger log = LoggerFactory.getLogger(NAME);

  private RequestLog() {}

  /** Begins a line about a request that took so many nanoseconds. */
  public static LoggingEventBuilder line(Level level, long nanos) {
    return log.atLevel(level).addKeyValue(LogFields.DURATION, nanos);
  }

  /** A duration in a message. */
  public static String duration(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / NANOS_PER_MILLI);
  }
}
