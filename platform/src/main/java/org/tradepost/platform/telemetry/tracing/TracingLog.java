package org.tradepost.platform.telemetry.tracing;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Redirects what the SDK logs, such as a collector that cannot be reached, to the node's log. */
final class TracingLog extends Handler {

  /** Kept here, since the JDK may discard an unreferenced logger with its configuration. */
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private static final Formatter FORMATTER = new SimpleFormatter();

  /** Redirects the SDK's log from now on. */
  static synchronized void redirect() {
    if (SDK.getUseParentHandlers()) {
      SDK.setUseParentHandlers(false);
      SDK.addHandler(new TracingLog());
    }
  }

  @Override
  public void publish(LogRecord entry) {
    var log = LoggerFactory.getLogger(entry.getLoggerName());
    var text = FORMATTER.formatMessage(entry);
    if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
      log.warn(text, entry.getThrown());
    } else {
      log.info(text, entry.getThrown());
    }
  }

  @Override
  public void flush() {
    // Nothing is buffered.
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
