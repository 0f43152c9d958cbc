package org.tradepost.platform.telemetry.logging;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log lines about requests: one of the gateway, and one of each service involved. They have
 * their own logger, which sets them apart from all other lines.
 */
public final class RequestLog {

  /** The name of the logger. */
  public static final String NAME = "requests";

  private static final long NANOS_PER_TENTH = 100_000;
  private static final Logger log = LoggerFactory.getLogger(NAME);

  private RequestLog() {}

  /** Starts a line about a request that took the given time. */
  public static LoggingEventBuilder line(Level level, long nanos) {
    return log.atLevel(level).addKeyValue(LogFields.DURATION, nanos);
  }

  /** A duration for a message, in milliseconds. Built by hand, since formatting took 18 us. */
  public static String duration(long nanos) {
    var tenths = (nanos + NANOS_PER_TENTH / 2) / NANOS_PER_TENTH;
    return tenths / 10 + "." + tenths % 10 + " ms";
  }
}
