package org.tradepost.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends a body in chunks, no faster than the client reads it. What is written at once is copied out
 * of the heap as a whole, so a few hundred clients that ask for a large document and do not read it
 * would leave no memory for others.
 */
public final class ChunkedWriter {

  /** The bytes that may be unsent before the next chunk is held back. */
  public static final int MAX_UNSENT_BYTES = 32 * 1024;

  private static final int CHUNK_BYTES = 16 * 1024;

  private ChunkedWriter() {}

  /** Sends the body of a response whose header fields tell its length. */
  static void send(HttpServerResponse response, Buffer body) {
    send(response, body, 0);
  }

  private static void send(HttpServerResponse response, Buffer body, int sent) {
    var from = sent;
    while (body.length() - from > CHUNK_BYTES) {
      if (response.writeQueueFull()) {
        var next = from;
        response.drainHandler(drained -> send(response, body, next));
        return;
      }
      response.write(body.slice(from, from + CHUNK_BYTES));
      from += CHUNK_BYTES;
    }
    response.end(body.slice(from, body.length()));
  }
}
