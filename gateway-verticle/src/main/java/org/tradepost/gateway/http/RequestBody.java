package org.tradepost.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Locale;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.connection.HttpError;
import org.tradepost.gateway.connection.ProtocolHandler;
import org.tradepost.platform.description.OperationDescription;

/** Reads the body of a request, up to a limit. */
public final class RequestBody {

  private final HttpServerRequest request;
  private final int limit;
  private final Promise<Buffer> whole = Promise.promise();
  private Buffer bytes = Buffer.buffer();
  private ByteBudget budget;
  private boolean released;

  /** Counts the bytes of a body. */
  public interface ByteBudget {

    /**
     * Counts some more bytes.
     *
     * @throws ServiceException {@code OVERLOADED} or {@code TOO_MANY_REQUESTS} if there are too
     *     many
     */
    void take(int bytes);

    void giveBack(int bytes);
  }

  private RequestBody(HttpServerRequest request, int limit) {
    this.request = request;
    this.limit = limit;
  }

  /**
   * Holds back the body of a request until it is read. If the operation takes no body, it is
   * discarded as it arrives and not awaited.
   */
  public static RequestBody pause(
      HttpServerRequest request, OperationDescription operation, int limit) {
    var body = new RequestBody(request, limit);
    if (isSent(request) && operation.bodyTypes().isEmpty()) {
      body.allow();
      body.whole.complete(body.bytes);
    } else if (isSent(request)) {
      request.pause();
      request.handler(body::append);
      request.endHandler(end -> body.end());
      request.exceptionHandler(broken -> body.whole.tryFail(malformed()));
    } else {
      body.whole.complete(body.bytes);
    }
    return body;
  }

  /** Whether the request has a body. */
  public static boolean isSent(HttpServerRequest request) {
    var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        : !length.equals("0");
  }

  /**
   * Rejects a body whose type or coding the operation does not accept, or whose {@code
   * Content-Length} exceeds the limit.
   *
   * @throws ServiceException {@code UNSUPPORTED_MEDIA_TYPE} or {@code PAYLOAD_TOO_LARGE}
   */
  public static void check(HttpServerRequest request, OperationDescription operation, int limit) {
    if (!isSent(request)) {
      return;
    }
    if (!operation.bodyTypes().isEmpty()) {
      checkType(request, operation);
    }
    var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > limit) {
      throw tooLarge(limit);
    }
  }

  private static void checkType(HttpServerRequest request, OperationDescription operation) {
    var types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
    if (types.size() != 1 || !operation.takes(types.get(0))) {
      throw unsupported(
          "The body must come as %s, in UTF-8"
              .formatted(String.join(" or ", operation.bodyTypes().keySet())));
    }
    for (var codings : request.headers().getAll(HttpHeaders.CONTENT_ENCODING)) {
      if (!Arrays.stream(codings.split(",")).map(String::strip).allMatch(RequestBody::isNone)) {
        // RFC 9110, 15.5.16
        request.response().putHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        throw unsupported("The body must come without a content coding");
      }
    }
  }

  private static boolean isNone(String coding) {
    return coding.isEmpty() || coding.equalsIgnoreCase("identity");
  }

  private static ServiceException unsupported(String detail) {
    return new ServiceException(HttpError.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  /** Whether nothing more of the body is awaited. */
  public boolean isWhole() {
    return whole.future().isComplete();
  }

  /**
   * Reads the body to its end.
   *
   * @param memory counts its bytes until they are released
   * @return fails with {@code PAYLOAD_TOO_LARGE}, with {@code INVALID_REQUEST} if the body breaks
   *     off, or as {@link ByteBudget#take} does
   */
  public Future<Buffer> read(ByteBudget memory) {
    budget = memory;
    if (!isWhole()) {
      allow();
      request.resume();
    }
    return whole.future();
  }

  /** Sends {@code 100 Continue} to a client that waits for it. */
  private void allow() {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
  }

  private void end() {
    if (ProtocolHandler.isBroken(request.connection())) {
      whole.tryFail(malformed());
    } else {
      whole.tryComplete(bytes);
    }
  }

  private static ServiceException malformed() {
    return ServiceException.invalid("", "the body is not well-formed HTTP");
  }

  private void append(Buffer part) {
    if (released || whole.future().isComplete()) {
      return;
    }
    if (bytes.length() + part.length() > limit) {
      whole.tryFail(tooLarge(limit));
      return;
    }
    try {
      budget.take(part.length());
      bytes.appendBuffer(part);
    } catch (ServiceException rejection) {
      whole.tryFail(rejection);
    }
  }

  /** Forgets the bytes and accepts no more, since the request has ended. */
  public void release() {
    if (!released && budget != null) {
      budget.giveBack(bytes.length());
    }
    released = true;
    bytes = Buffer.buffer();
  }

  private static ServiceException tooLarge(int limit) {
    return new ServiceException(
        HttpError.PAYLOAD_TOO_LARGE,
        String.format(Locale.ROOT, "The body is larger than %d bytes", limit));
  }
}
