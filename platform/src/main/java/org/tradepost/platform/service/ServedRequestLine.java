package org.tradepost.platform.service;

import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.Message;
import org.slf4j.event.Level;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.telemetry.logging.LogFields;
import org.tradepost.platform.telemetry.logging.RequestLog;

/**
 * The log line of a service about a request that it has served, written if the gateway chose the
 * request to be logged.
 */
final class ServedRequestLine {

  private static final String ACTION = "event.action";

  private final String address;
  private final boolean wanted;
  private final long startedAt = System.nanoTime();

  private ServedRequestLine(String address, boolean wanted) {
    this.address = address;
    this.wanted = wanted;
  }

  /** The line about a request that has just arrived. */
  static ServedRequestLine of(Message<?> request) {
    return new ServedRequestLine(request.address(), isWanted(request.headers()));
  }

  /** Whether the line about a request is written. */
  static boolean isWanted(MultiMap headers) {
    return headers.contains(BusHeaders.LOGGED);
  }

  /** Writes the line once the request has been served. */
  void write(AsyncResult<?> served) {
    if (!wanted) {
      return;
    }
    var nanos = System.nanoTime() - startedAt;
    var line = RequestLog.line(Level.INFO, nanos).addKeyValue(ACTION, address);
    var duration = RequestLog.duration(nanos);
    if (served.succeeded()) {
      line.log("{} served in {}", address, duration);
    } else {
      var code = ServiceException.of(served.cause()).failure().code();
      line.addKeyValue(LogFields.ERROR_CODE, code)
          .log("{} rejected with {} in {}", address, code, duration);
    }
  }
}
