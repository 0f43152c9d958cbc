package org.tradepost.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * The part of a body that is still to come when its request is refused. It is read and thrown away
 * for a moment, since closing at once could destroy the answer on its way.
 */
public final class BodyDrain {

  private static final long LINGER_MILLIS = 1_000;

  /** What is worth reading to keep the connection. */
  private static final long SHORT_BYTES = 65_536;

  private BodyDrain() {}

  /**
   * Whether a request can be answered before its body is there, and the connection goes on: the
   * body is short, of known length, and sent without being waited for.
   */
  public static boolean needsNoDrain(MultiMap headers) {
    return !headers.contains(HttpHeaders.TRANSFER_ENCODING)
        && !headers.contains(HttpHeaders.EXPECT)
        && (!headers.contains(HttpHeaders.CONTENT_LENGTH) || isShort(headers));
  }

  /**
   * To be called before the answer is written.
   *
   * @param close whether the connection ends in any case; it does when much, or an unknown amount,
   *     is to come
   */
  static void discard(HttpServerRequest request, boolean close) {
    if (request.isEnded() || !RequestBody.isSent(request)) {
      return;
    }
    var ends = close || !isShort(request.headers());
    if (ends) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    var connection = request.connection();
    var vertx = Vertx.currentContext().owner();
    var timer = vertx.setTimer(LINGER_MILLIS, fired -> connection.close());
    request.handler(bytes -> {});
    request.exceptionHandler(broken -> vertx.cancelTimer(timer));
    request.endHandler(
        end -> {
          vertx.cancelTimer(timer);
          if (ends) {
            connection.close();
          }
        });
    request.resume();
  }

  private static boolean isShort(MultiMap headers) {
    var length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return length != null && Long.parseLong(length) <= SHORT_BYTES;
  }
}
