package org.tradepost.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.TraceHeaders;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.Failure;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.telemetry.tracing.Tracing;

/**
 * One request and its answer: the id and the trace it is known by, the time it may still take, and
 * its line in the log.
 */
public final class HttpExchange {

  static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");

  private static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  private static final String KEY = "exchange";
  private static final Logger log = LoggerFactory.getLogger(HttpExchange.class);

  private final RoutingContext context;
  private final String requestId;
  private final ExchangeSpan span;
  private final String traceparent;
  private final long startedAt = System.nanoTime();
  private long timer = -1;
  private boolean endless;
  private boolean quiet;

  private HttpExchange(RoutingContext context, Tracing tracing) {
    this.context = context;
    var request = context.request();
    this.requestId = requestId(request.headers());
    var clients = TraceHeaders.traceparent(request.headers());
    this.span = ExchangeSpan.start(tracing, request.method(), clients, requestId);
    this.traceparent =
        span.traceparent()
            .or(() -> clients)
            .orElseGet(() -> "00-" + hex() + hex() + "-" + hex() + "-00");
  }

  /** The exchange of a request. */
  public static HttpExchange of(RoutingContext context) {
    HttpExchange known = context.get(KEY);
    return known == null ? start(context, Tracing.off()) : known;
  }

  /** Begins the exchange of a request. */
  public static HttpExchange start(RoutingContext context, Tracing tracing) {
    var exchange = new HttpExchange(context, tracing);
    context.put(KEY, exchange);
    describe(context.response().headers(), exchange.requestId);
    context.addEndHandler(ended -> exchange.finished());
    return exchange;
  }

  /** The id that the client has given a request, or a new one. */
  public static String requestId(MultiMap headers) {
    return TraceHeaders.requestId(headers, REQUEST_ID).orElseGet(HttpExchange::hex);
  }

  /** Puts into the headers of a response what all of them have. */
  static void describe(MultiMap headers, String requestId) {
    headers
        .set(REQUEST_ID, requestId)
        .set(CONTENT_TYPE_OPTIONS, NO_SNIFF)
        .set(HttpHeaders.CACHE_CONTROL, NO_STORE);
  }

  public String requestId() {
    return requestId;
  }

  public String traceparent() {
    return traceparent;
  }

  /** Refuses the request unless it is answered within the time, which starts now. */
  public void within(Duration time, ErrorCode otherwise) {
    cancelTimer();
    timer =
        context
            .vertx()
            .setTimer(
                time.toMillis(),
                fired -> {
                  if (!isAnswered()) {
                    context.fail(new ServiceException(otherwise));
                  }
                });
  }

  /** Lets the answer take as long as it will. */
  public void withoutTimeout() {
    cancelTimer();
    endless = true;
    // Its trace would never be complete otherwise.
    span.end(context.response().getStatusCode());
  }

  /** Whether the answer may take as long as it will. */
  public boolean isEndless() {
    return endless;
  }

  /** It turned out which operation the request is for. */
  public void isFor(OperationDescription operation) {
    span.isFor(operation);
  }

  /** It is answered with a refusal. */
  void failed(Failure refusal) {
    span.failed(refusal);
  }

  /** Says nothing of it in the log: a line for each request that is turned away is load as well. */
  void quiet() {
    quiet = true;
  }

  /** Whether it is too late for another answer. */
  boolean isAnswered() {
    return context.response().headWritten() || context.response().closed();
  }

  private void finished() {
    cancelTimer();
    var status = context.response().getStatusCode();
    span.end(status);
    if (status >= 500 && !quiet) {
      log.warn("{} for request {}: {}", status, requestId, line());
    } else if (log.isDebugEnabled()) {
      log.debug("{} for request {}: {}", status, requestId, line());
    }
  }

  private String line() {
    var request = context.request();
    return String.format(
        Locale.ROOT,
        "%s %s in %d ms",
        request.method(),
        request.path(),
        (System.nanoTime() - startedAt) / 1_000_000);
  }

  private void cancelTimer() {
    if (timer >= 0) {
      context.vertx().cancelTimer(timer);
      timer = -1;
    }
  }

  private static String hex() {
    // Ids only join log lines; they are no secrets.
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1L);
  }
}
