package org.tradepost.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends a body in chunks, no faster than the client reads it. Each write is copied out of the heap
 * as a whole, so without chunks a few hundred clients that do not read a large document would leave
 * no memory for others.
 */
public final class ChunkedWriter {

  /** The bytes that may be unsent before the next chunk is held back. */
  public static final int MAX_UNSENT_BYTES = 16 * 1024;

  private static final int CHUNK_BYTES = 16 * 1024;

  /** The most bytes of a body that are copied out of the heap at once. */
  static final int MAX_COPIED_BYTES = MAX_UNSENT_BYTES + CHUNK_BYTES;

  private ChunkedWriter() {}

  /**
   * Sends the body of a response whose {@code Content-Length} is set.
   *
   * @return completes when the whole body has been sent; may not complete if the connection closes
   */
  static Future<Void> send(HttpServerResponse response, Buffer body) {
    Promise<Void> whole = Promise.promise();
    send(response, body, 0, whole);
    return whole.future();
  }

  private static void send(
      HttpServerResponse response, Buffer body, int sent, Promise<Void> whole) {
    var from = sent;
    while (body.length() - from > CHUNK_BYTES) {
      if (response.writeQueueFull()) {
        var next = from;
        response.drainHandler(drained -> send(response, body, next, whole));
        return;
      }
      response.write(body.slice(from, from + CHUNK_BYTES));
      from += CHUNK_BYTES;
    }
    response.end(body.slice(from, body.length())).onComplete(whole);
  }
}
