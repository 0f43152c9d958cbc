package org.tradepost.gateway.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.tradepost.common.bus.TraceHeaders;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.Failure;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.telemetry.logging.LoggingContext;
import org.tradepost.platform.telemetry.metrics.OperationMetrics;
import org.tradepost.platform.telemetry.tracing.Tracing;

/** One request and its response: its id and trace, its timeout, and its line in the access log. */
public final class HttpExchange {

  static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");

  private static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  private static final String KEY = "exchange";
  private static final String SERVICE = "gateway";

  /** The logged status if the client left before the response began; not a status of HTTP. */
  private static final int CLIENT_GONE = 499;

  private final RoutingContext context;
  private final String requestId;
  private final ExchangeSpan span;
  private final String traceparent;
  private final long startedAt = System.nanoTime();
  private final AccessLine line;
  private final RequestMetrics metrics;
  private Object client = "";
  private long timer = -1;
  private boolean endless;
  private OperationMetrics measured;
  private Failure failure;

  private HttpExchange(
      RoutingContext context, AccessLog accessLog, RequestMetrics metrics, Tracing tracing) {
    this.context = context;
    this.metrics = metrics;
    this.measured = metrics.others();
    var request = context.request();
    this.requestId = requestId(request.headers());
    var clients = TraceHeaders.traceparent(request.headers());
    var method = request.method().toNetty();
    this.span = ExchangeSpan.start(tracing, method, clients, requestId);
    this.traceparent =
        span.traceparent()
            .or(() -> clients)
            .orElseGet(() -> "00-" + hex() + hex() + "-" + hex() + "-00");
    this.line = accessLog.line(method, requestId, traceparent);
    LoggingContext.start(SERVICE, requestId, traceparent);
  }

  /** Returns the exchange of a request, which the first call creates. */
  public static HttpExchange start(
      RoutingContext context, AccessLog accessLog, RequestMetrics metrics, Tracing tracing) {
    HttpExchange known = context.get(KEY);
    return known == null ? create(context, accessLog, metrics, tracing) : known;
  }

  private static HttpExchange create(
      RoutingContext context, AccessLog accessLog, RequestMetrics metrics, Tracing tracing) {
    var exchange = new HttpExchange(context, accessLog, metrics, tracing);
    context.put(KEY, exchange);
    describe(context.response().headers(), exchange.requestId);
    context.addEndHandler(exchange::finished);
    return exchange;
  }

  /** Returns the exchange of a request that has passed the first handler. */
  public static HttpExchange of(RoutingContext context) {
    return context.get(KEY);
  }

  /** Returns the id that the client gave a request, or a new one. */
  public static String requestId(MultiMap headers) {
    return TraceHeaders.requestId(headers, REQUEST_ID).orElseGet(HttpExchange::hex);
  }

  /** Sets the header fields that all responses have. */
  static void describe(MultiMap headers, String requestId) {
    headers
        .set(REQUEST_ID, requestId)
        .set(CONTENT_TYPE_OPTIONS, NO_SNIFF)
        .set(HttpHeaders.CACHE_CONTROL, NO_STORE);
  }

  /** Sets the operation that the request is for. */
  public void setOperation(OperationDescription operation) {
    measured = metrics.of(operation);
    span.setOperation(operation);
  }

  /**
   * Sets the client.
   *
   * @param asker identifies the client: the account, or the address if there is none
   */
  public void setClient(Object asker) {
    client = asker;
  }

  /** Returns what identifies the client, as far as it is known. */
  Object client() {
    return client;
  }

  /** Records that the request is answered with a rejection. */
  void failed(Failure rejection) {
    failure = rejection;
    span.failed(rejection);
  }

  public String requestId() {
    return requestId;
  }

  public String traceparent() {
    return traceparent;
  }

  /** Rejects the request unless it is answered within the timeout, which starts now. */
  public void startTimeout(Duration timeout, ErrorCode code) {
    cancelTimer();
    timer =
        context
            .vertx()
            .setTimer(
                timeout.toMillis(),
                fired -> {
                  if (!isAnswered()) {
                    context.fail(new ServiceException(code));
                  }
                });
  }

  /** Removes the timeout of the response. */
  public void removeTimeout() {
    cancelTimer();
    endless = true;
    // Its trace would never be complete otherwise.
    span.end(context.response().getStatusCode());
  }

  /** Whether the response has no timeout. */
  public boolean isEndless() {
    return endless;
  }

  /** Returns the line of the request in the access log. */
  public AccessLine line() {
    return line;
  }

  /** Whether it is too late for another response. */
  boolean isAnswered() {
    return context.response().headWritten() || context.response().closed();
  }

  private void finished(AsyncResult<Void> ended) {
    cancelTimer();
    var response = context.response();
    span.end(response.getStatusCode());
    if (ended.failed()) {
      line.rejected("CONNECTION_CLOSED");
    }
    var gone = ended.failed() && !response.headWritten();
    line.write(gone ? CLIENT_GONE : response.getStatusCode(), response.bytesWritten());
    measure();
  }

  /** Measures the request, except how long a stream was open. */
  private void measure() {
    if (failure != null) {
      measured.failed(startedAt, traceparent, failure);
    } else if (!endless) {
      measured.succeeded(startedAt, traceparent);
    }
  }

  private void cancelTimer() {
    if (timer >= 0) {
      context.vertx().cancelTimer(timer);
      timer = -1;
    }
  }

  private static String hex() {
    // Ids only correlate log lines; they are not secrets.
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1L);
  }
}
