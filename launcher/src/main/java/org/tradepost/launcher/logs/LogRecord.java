package org.tradepost.launcher.logs;

import java.time.Instant;

/**
 * One record of a log: a line, and those that belong to it.
 *
 * @param time when it was written
 * @param ids what it belongs to
 * @param text its lines
 */
record LogRecord(Instant time, Ids ids, String text) {

  /**
   * What a record belongs to; each is empty if it names none.
   *
   * @param request the id of a request
   * @param trace the id of a trace
   * @param order the id of an order
   */
  record Ids(String request, String trace, String order) {
    static final Ids NONE = new Ids("", "", "");
  }

  /** The same with another line. */
  LogRecord with(String line) {
    return new LogRecord(time, ids, text + '\n' + line);
  }

  /** A record of its own that belongs to what this one belongs to. */
  LogRecord continued(String line) {
    return new LogRecord(time, ids, line);
  }

  boolean isJson() {
    return text.startsWith("{");
  }
}
