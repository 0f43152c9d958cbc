package org.tradepost.platform.telemetry.logging;

import io.vertx.core.Vertx;
import io.vertx.core.spi.context.storage.ContextLocal;
import java.util.Optional;
import org.tradepost.common.bus.TraceHeaders;

/**
 * The request being served, for the log lines written on its behalf. It is kept in the request's
 * Vert.x context and not in the thread, since the requests of an event loop share one thread.
 *
 * @param service the service that serves it
 * @param requestId the id that the client or the gateway gave it, or null
 * @param traceparent its W3C trace context, or null
 * @param orderId the order that it is about, or null
 */
public record LoggingContext(String service, String requestId, String traceparent, String orderId) {

  private static final ContextLocal<LoggingContext> CURRENT =
      ContextLocal.registerLocal(LoggingContext.class);

  private static volatile boolean isRegistered;

  /** Reserves a local for it in the contexts of every Vert.x that is created from now on. */
  static void register() {
    isRegistered = true;
  }

  /** Sets the ids for the log lines of the current Vert.x context. */
  public static void start(String service, String requestId, String traceparent) {
    put(new LoggingContext(service, requestId, traceparent, null));
  }

  /** Sets the order that the current request is about; does nothing outside a request. */
  public static void setOrder(Object orderId) {
    current()
        .ifPresent(
            now ->
                put(
                    new LoggingContext(
                        now.service, now.requestId, now.traceparent, orderId.toString())));
  }

  private static void put(LoggingContext request) {
    var context = Vertx.currentContext();
    if (context != null) {
      CURRENT.put(context, request);
    }
  }

  /** The request on whose behalf the caller runs; empty when there is none. */
  public static Optional<LoggingContext> current() {
    if (!isRegistered) {
      // There is no Vert.x yet. If a log line initialized its classes, that would fail for good on
      // a thread without a class loader, such as those of the tracing SDK.
      return Optional.empty();
    }
    var context = Vertx.currentContext();
    return context == null ? Optional.empty() : Optional.ofNullable(CURRENT.get(context));
  }

  /** The id of its trace, or null. */
  public String traceId() {
    return traceparent == null ? null : TraceHeaders.traceId(traceparent);
  }

  /** The id of the span in which it runs, or null. */
  public String spanId() {
    return traceparent == null ? null : TraceHeaders.spanId(traceparent);
  }
}
