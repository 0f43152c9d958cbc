package org.tradepost.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Discards the rest of the body of a rejected request. It is read for a moment, since closing the
 * connection at once could destroy the response on its way.
 */
public final class BodyDrain {

  private static final long LINGER_MILLIS = 1_000;

  /** The longest body that is worth reading to keep the connection. */
  private static final long SHORT_BYTES = 65_536;

  private BodyDrain() {}

  /**
   * Whether a request can be answered before its body arrives, and the connection stays open: the
   * body is short, of known length, and the client does not wait before sending it.
   */
  public static boolean needsNoDrain(MultiMap headers) {
    return !headers.contains(HttpHeaders.TRANSFER_ENCODING)
        && !headers.contains(HttpHeaders.EXPECT)
        && (!headers.contains(HttpHeaders.CONTENT_LENGTH) || isShort(headers));
  }

  /**
   * Discards the rest of the body; to be called before the response is written.
   *
   * @param close whether to close the connection in any case, not only after a body that is long or
   *     of unknown length
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
