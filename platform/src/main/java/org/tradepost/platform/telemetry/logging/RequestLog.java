package org.tradepost.platform.telemetry.logging;

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

  private static final long NANOS_PER_TENTH = 100_000;
  private static final Logger log = LoggerFactory.getLogger(NAME);

  private RequestLog() {}

  /** Begins a line about a request that took so many nanoseconds. */
  public static LoggingEventBuilder line(Level level, long nanos) {
    return log.atLevel(level).addKeyValue(LogFields.DURATION, nanos);
  }

  /** A duration in a message, in milliseconds. Not formatted, which took 18 us of a line. */
  public static String duration(long nanos) {
    var tenths = (nanos + NANOS_PER_TENTH / 2) / NANOS_PER_TENTH;
    return tenths / 10 + "." + tenths % 10 + " ms";
  }
}
