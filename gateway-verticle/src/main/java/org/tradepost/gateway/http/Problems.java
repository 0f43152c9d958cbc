package org.tradepost.gateway.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.Failure;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.gateway.connection.HttpError;
import org.tradepost.platform.telemetry.tracing.Tracing;

/** Converts errors to HTTP responses. */
public final class Problems {

  private static final Logger log = LoggerFactory.getLogger(Problems.class);
  private static final int DEFAULT_RETRY_SECONDS = 1;
  private static final String CHALLENGE = "WWW-Authenticate";
  private static final String REALM = "Bearer realm=\"tradepost\"";

  private final AccessLog accessLog;
  private final RequestMetrics metrics;
  private final Tracing tracing;

  public Problems(AccessLog accessLog, RequestMetrics metrics, Tracing tracing) {
    this.accessLog = accessLog;
    this.metrics = metrics;
    this.tracing = tracing;
  }

  /** Returns the rejection of a request for a path that does not exist. */
  public static ServiceException nothingAtPath() {
    return new ServiceException(CommonError.NOT_FOUND, "There is nothing at this path");
  }

  /** Responds to a request that failed, unless it was already answered. */
  public void answer(RoutingContext context) {
    var exchange = HttpExchange.start(context, accessLog, metrics, tracing);
    if (exchange.isAnswered()) {
      return;
    }
    var rejection = rejection(context);
    exchange.line().rejected(rejection);
    exchange.failed(rejection.failure());
    var response = context.response();
    challenge(rejection, context);
    BodyDrain.discard(context.request(), rejection.is(HttpError.REQUEST_TIMEOUT));
    write(response, rejection.failure(), exchange.requestId(), context.request().method());
  }

  /** Responds to malformed HTTP, after which nothing more can be parsed. */
  public void answerInvalid(HttpServerRequest request) {
    var id = HttpExchange.requestId(request.headers());
    var line = accessLog.line(request.method().toNetty(), id, null);
    var response = request.response();
    HttpExchange.describe(response.headers(), id);
    response.putHeader("Connection", "close");
    var rejection = invalid(request.decoderResult().cause());
    write(response, rejection.failure(), id, request.method());
    line.rejected(rejection).write(response.getStatusCode(), response.bytesWritten());
    request.connection().close();
  }

  private static ServiceException invalid(Throwable cause) {
    if (cause instanceof ServiceException rejection) {
      return rejection;
    } else if (cause instanceof TooLongHttpLineException) {
      return new ServiceException(HttpError.URI_TOO_LONG);
    } else if (cause instanceof TooLongHttpHeaderException) {
      return new ServiceException(HttpError.HEADERS_TOO_LARGE);
    }
    return ServiceException.invalid(
        new FieldError("header", "", "the request is not well-formed HTTP"));
  }

  private static ServiceException rejection(RoutingContext context) {
    var failure = context.failure();
    if (failure instanceof ServiceException known) {
      return known;
    }
    return switch (context.statusCode()) {
      case 400 ->
          ServiceException.invalid(new FieldError("header", "", "the request is not well-formed"));
      case 403 -> new ServiceException(CommonError.FORBIDDEN, "The origin is not allowed");
      case 404 -> new ServiceException(CommonError.NOT_FOUND);
      default -> {
        log.error("a request failed", failure);
        yield new ServiceException(CommonError.INTERNAL);
      }
    };
  }

  /** Says how to authenticate, and whether the token that was sent is at fault (RFC 6750, 3.1). */
  private static void challenge(ServiceException rejection, RoutingContext context) {
    var sent = Bearer.isSent(context.request().headers());
    if (rejection.failure().status() == 401) {
      var error = sent && rejection.is(CommonError.UNAUTHENTICATED);
      context.response().putHeader(CHALLENGE, REALM + (error ? ", error=\"invalid_token\"" : ""));
    } else if (sent && rejection.is(CommonError.FORBIDDEN) && context.failure() == rejection) {
      context.response().putHeader(CHALLENGE, REALM + ", error=\"insufficient_scope\"");
    }
  }

  private static void write(
      HttpServerResponse response, Failure failure, String requestId, HttpMethod method) {
    var retryAfter = failure.retryAfter();
    if (retryAfter == null && (failure.status() == 503 || failure.status() == 429)) {
      retryAfter = DEFAULT_RETRY_SECONDS;
    }
    if (retryAfter != null) {
      response.putHeader("Retry-After", retryAfter.toString());
    }
    var body = WireJson.write(Problem.of(failure, requestId));
    response
        .setStatusCode(failure.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Content-Length", Integer.toString(body.length()));
    if (HttpMethod.HEAD.equals(method)) {
      response.end();
    } else {
      response.end(body);
    }
  }
}
