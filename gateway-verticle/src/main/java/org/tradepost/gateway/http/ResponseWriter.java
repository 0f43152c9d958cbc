package org.tradepost.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.tradepost.common.json.EntityTagList;
import org.tradepost.gateway.connection.ConnectionContext;
import org.tradepost.gateway.connection.UnreadReplies;
import org.tradepost.platform.description.OperationDescription;

/** Writes responses: whole, without the body for {@code HEAD}, or as not modified. */
public final class ResponseWriter {

  private static final long SECOND_MILLIS = 1_000;

  private ResponseWriter() {}

  /**
   * Writes the response of an operation that succeeded; does nothing if the request was already
   * answered.
   *
   * @param headers the header fields, by their names in lower case
   */
  public static void write(
      RoutingContext context,
      OperationDescription operation,
      Map<String, String> headers,
      Buffer body) {
    if (HttpExchange.of(context).isAnswered()) {
      return;
    }
    var response = context.response();
    headers.forEach(response::putHeader);
    if (!operation.responseType().isEmpty()) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, operation.responseType());
    }
    response.setStatusCode(operation.status());
    var etag = operation.method().equals("GET") ? headers.get("etag") : null;
    write(context, etag, body, body.length());
  }

  /** Says how long any cache may keep the response, and how old it is. */
  public static void allowCaching(HttpServerResponse response, int seconds, long ageMillis) {
    // Rounded up, so that no cache keeps it too long.
    var age = (ageMillis + SECOND_MILLIS - 1) / SECOND_MILLIS;
    response
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=" + seconds)
        .putHeader(HttpHeaders.AGE, Long.toString(age));
  }

  /** Writes a document with an entity tag, whose bytes stay in memory in any case. */
  public static void writeDocument(RoutingContext context, String type, String etag, Buffer body) {
    var response = context.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, type).putHeader(HttpHeaders.ETAG, etag);
    write(context, etag, body, 0);
  }

  /** Whether the client has the state with this tag; a malformed list of tags is ignored. */
  private static boolean isKnown(HttpServerRequest request, String etag) {
    var known = request.headers().getAll(HttpHeaders.IF_NONE_MATCH);
    var opaque = etag.substring(etag.indexOf('"') + 1, etag.lastIndexOf('"'));
    return !known.isEmpty()
        && EntityTagList.read(String.join(", ", known))
            .filter(tags -> tags.has(opaque::equals))
            .isPresent();
  }

  /**
   * Writes a response, with or without the body.
   *
   * @param heapBytes how much of the body is in memory for this response alone
   */
  private static void write(RoutingContext context, String etag, Buffer body, int heapBytes) {
    var request = context.request();
    var response = context.response();
    if (etag != null && isKnown(request, etag)) {
      response.headers().remove(HttpHeaders.CONTENT_TYPE);
      response.setStatusCode(304).end();
      return;
    }
    if (response.getStatusCode() == 204) {
      response.end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    if (HttpMethod.HEAD.equals(request.method())) {
      response.end();
    } else {
      var sent = ChunkedWriter.send(response, body);
      if (ConnectionContext.isFull(request.connection())) {
        UnreadReplies.of(context)
            .add(
                context,
                HttpExchange.of(context).client(),
                heapBytes + ChunkedWriter.MAX_COPIED_BYTES,
                sent);
      }
    }
  }
}
