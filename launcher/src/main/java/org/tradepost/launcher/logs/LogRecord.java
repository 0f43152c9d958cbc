package org.tradepost.launcher.logs;

import java.time.Instant;

/**
 * One record of a log: its first line and the lines that continue it.
 *
 * @param time when it was written
 * @param ids the ids that it names
 * @param text its lines
 */
record LogRecord(Instant time, Ids ids, String text) {

  /**
   * The ids that a record names; empty where it names none.
   *
   * @param request the id of a request
   * @param trace the id of a trace
   * @param order the id of an order
   */
  record Ids(String request, String trace, String order) {
    static final Ids NONE = new Ids("", "", "");
  }

  /** This record with one more line. */
  LogRecord with(String line) {
    return new LogRecord(time, ids, text + '\n' + line);
  }

  /** A new record with the time and the ids of this one. */
  LogRecord continued(String line) {
    return new LogRecord(time, ids, line);
  }

  boolean isJson() {
    return text.startsWith("{");
  }
}
