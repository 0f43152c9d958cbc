package org.tradepost.gateway.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.Optional;
import org.tradepost.common.error.Failure;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.telemetry.tracing.Tracing;
import org.tradepost.platform.telemetry.tracing.TracingSpan;

/**
 * The span of one request. It contains only the template of the path, since what a client puts into
 * a path or a query may be private.
 */
public final class ExchangeSpan {

  private static final int SERVER_ERROR = 500;

  private final TracingSpan span;
  private final String method;
  private final String requestId;
  private OperationDescription operation;
  private boolean failed;

  private ExchangeSpan(TracingSpan span, String method, String requestId) {
    this.span = span;
    this.method = method;
    this.requestId = requestId;
  }

  /**
   * Starts the span of the request that is being handled.
   *
   * @param traceparent the trace context that the client sent
   */
  public static ExchangeSpan start(
      Tracing tracing, HttpMethod method, Optional<String> traceparent, String requestId) {
    var known = AccessLine.known(method);
    var span = tracing.serve(known.equals(AccessLine.OTHER) ? "HTTP" : known, traceparent);
    span.enter();
    return new ExchangeSpan(span, known, requestId);
  }

  /** Returns the trace context for the calls that the request causes. */
  Optional<String> traceparent() {
    return span.traceparent();
  }

  /** Sets the operation that the request is for. */
  public void setOperation(OperationDescription found) {
    operation = found;
  }

  /** Records that the request is answered with a rejection. */
  public void failed(Failure rejection) {
    failed = rejection.status() >= SERVER_ERROR;
    span.rejected(rejection);
  }

  /** Ends the span, unless it has ended. */
  public void end(int status) {
    if (status >= SERVER_ERROR && !failed) {
      span.failed(Integer.toString(status));
    }
    // Most spans are not exported.
    if (span.isOfInterest()) {
      describe(status);
    }
    span.end(null);
  }

  private void describe(int status) {
    span.set("http.request.method", method)
        .set("url.scheme", "http")
        .set("http.response.status_code", status)
        .set("tradepost.request.id", requestId);
    if (operation != null) {
      span.rename(method + " " + operation.path()).set("http.route", operation.path());
    }
  }
}
