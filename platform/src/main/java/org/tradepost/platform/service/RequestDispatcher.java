package org.tradepost.platform.service;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Deadline;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.Response;
import org.tradepost.common.bus.TraceHeaders;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.telemetry.logging.LoggingContext;
import org.tradepost.platform.telemetry.metrics.OperationMetrics;
import org.tradepost.platform.telemetry.tracing.TracingSpan;

/**
 * Takes every request of a service through the same steps: time left, load, authorization, schema,
 * handler, reply.
 */
final class RequestDispatcher {

  private static final Logger log = LoggerFactory.getLogger(RequestDispatcher.class);
  private static final long DEFAULT_TIMEOUT_MILLIS = 5_000;

  /** The longest wait that a gateway can be set to; other bus clients get no more. */
  private static final long MAX_TIMEOUT_MILLIS = 300_000;

  /**
   * An operation as one service serves it.
   *
   * @param reader reads its requests
   * @param authorization decides who may use it
   * @param handler does the work
   * @param metrics measures its requests
   */
  record ServedOperation<Q, R>(
      RequestReader<Q> reader,
      Authorization authorization,
      OperationHandler<Q, R> handler,
      OperationMetrics metrics) {}

  private final ClusterNode node;
  private final String service;
  private final RequestsInFlight inFlight;

  RequestDispatcher(ClusterNode node, String service, RequestsInFlight inFlight) {
    this.node = node;
    this.service = service;
    this.inFlight = inFlight;
  }

  <Q, R> void dispatch(Message<Buffer> request, ServedOperation<Q, R> operation) {
    var headers = request.headers();
    var startedAt = System.nanoTime();
    // It may have waited for as long as the stall lasted, so its sender may have given up.
    var timeoutMillis = timeoutMillis(headers) - node.eventLoopStall().millis();
    var deadline = Deadline.in(timeoutMillis);
    if (timeoutMillis <= 0) {
      fail(request, operation, startedAt, ServiceException.timedOut());
    } else if (inFlight.isFull()) {
      fail(request, operation, startedAt, ServiceException.overloaded());
    } else {
      inFlight.started();
      var span = span(request, operation);
      LoggingContext.start(
          service,
          TraceHeaders.requestId(headers, BusHeaders.REQUEST_ID).orElse(null),
          traceparent(span, headers));
      var line = ServedRequestLine.of(request);
      // The reply too: the order that it names is only known in the context of the span.
      span.within(
              () ->
                  serve(request, deadline, span, operation)
                      .onComplete(line::write)
                      .onSuccess(response -> reply(request, operation, startedAt, response))
                      .onFailure(failure -> fail(request, operation, startedAt, failure)))
          .onComplete(
              done -> {
                span.end(done.cause());
                inFlight.finished();
              });
    }
  }

  /** Calls between services belong to the trace of a client, or to none. */
  private TracingSpan span(Message<?> request, ServedOperation<?, ?> operation) {
    return node.tracing()
        .process(
            request.address(),
            TraceHeaders.traceparent(request.headers()),
            !operation.reader().operation().internal());
  }

  private <Q, R> Future<Response<Buffer>> serve(
      Message<Buffer> request,
      Deadline deadline,
      TracingSpan span,
      ServedOperation<Q, R> operation) {
    return operation
        .authorization()
        .admit(request.headers().get(BusHeaders.AUTHORIZATION))
        .compose(
            known ->
                Future.succeededFuture(context(known.caller(), deadline, span, request.headers()))
                    .compose(
                        call -> operation.handler().handle(operation.reader().read(request), call))
                    .map(RequestDispatcher::serialized)
                    .recover(rejection -> Future.failedFuture(known.explain(rejection))));
  }

  private static Response<Buffer> serialized(Response<?> response) {
    var body = response.body();
    return new Response<>(
        body == null ? Buffer.buffer() : WireJson.write(body), response.headers());
  }

  private RequestContext context(
      Caller caller, Deadline deadline, TracingSpan span, MultiMap headers) {
    return new RequestContext(
        caller,
        deadline,
        TraceHeaders.requestId(headers, BusHeaders.REQUEST_ID).orElse(null),
        traceparent(span, headers),
        ServedRequestLine.isWanted(headers),
        node.clientProof().verify(headers.get(BusHeaders.CLIENT)),
        headers.get(BusHeaders.AUTHORIZATION));
  }

  private static String traceparent(TracingSpan span, MultiMap headers) {
    return span.traceparent().or(() -> TraceHeaders.traceparent(headers)).orElse(null);
  }

  private static void reply(
      Message<?> request,
      ServedOperation<?, ?> operation,
      long startedAt,
      Response<Buffer> response) {
    var options = new DeliveryOptions();
    response.headers().forEach(options::addHeader);
    if (ServedRequestLine.isWanted(request.headers())) {
      LoggingContext.current()
          .map(LoggingContext::orderId)
          .ifPresent(order -> options.addHeader(BusHeaders.LOGGED_ORDER, order));
    }
    request.reply(response.body(), options);
    operation.metrics().succeeded(startedAt, request.headers().get(BusHeaders.TRACEPARENT));
  }

  /** Rejects a request. An unexpected failure is logged, and the caller does not see its cause. */
  private static void fail(
      Message<?> request, ServedOperation<?, ?> operation, long startedAt, Throwable failure) {
    if (!(failure instanceof ServiceException)) {
      log.error("{} failed", request.address(), failure);
    }
    var rejection = operation.reader().located(ServiceException.of(failure)).failure();
    request.fail(rejection.status(), WireJson.writeText(rejection));
    operation.metrics().failed(startedAt, request.headers().get(BusHeaders.TRACEPARENT), rejection);
  }

  private static long timeoutMillis(MultiMap headers) {
    var text = headers.get(BusHeaders.TIMEOUT);
    if (text != null) {
      try {
        return Math.min(MAX_TIMEOUT_MILLIS, Long.parseLong(text));
      } catch (NumberFormatException e) {
        log.debug("a timeout is not a number: {}", text);
      }
    }
    return DEFAULT_TIMEOUT_MILLIS;
  }
}
