package org.tradepost.platform.telemetry.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VertxBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.CallTracing;
import org.tradepost.platform.config.Settings;

/**
 * The traces of one node: a span for each request, call, batch and statement of the sampled traces.
 * There are none unless an endpoint to send them to is set.
 */
public final class Tracing implements CallTracing {

  private static final int TRACEPARENT_LENGTH = 55;

  private final Optional<TracingSdk> sdk;
  private final Tracer tracer;

  private Tracing(Optional<TracingSdk> sdk) {
    this.sdk = sdk;
    this.tracer = sdk.map(TracingSdk::tracer).orElse(null);
  }

  /** Creates no spans. */
  public static Tracing off() {
    return new Tracing(Optional.empty());
  }

  /**
   * Reads the standard settings, {@code OTEL_*}.
   *
   * @param node the name of the node
   * @param services the services that will run on it
   * @throws Settings.WrongSetting when they cannot be used
   */
  public static Tracing from(Settings settings, String node, String... services) {
    return new Tracing(TracingSdk.start(settings, node, services));
  }

  /** Makes Vert.x report the statements that it sends to databases. */
  public VertxBuilder on(VertxBuilder builder) {
    return tracer == null ? builder : builder.withTracer(options -> new TracingSql());
  }

  /**
   * Starts the span of a request from outside.
   *
   * @param traceparent the trace that it belongs to; a new one begins if there is none
   */
  public TracingSpan serve(String name, Optional<String> traceparent) {
    return tracer == null
        ? TracingSpan.NONE
        : start(name, name, SpanKind.SERVER, traceparent.map(Tracing::remote));
  }

  /**
   * Starts the span of a request that came over the bus.
   *
   * @param traceparent the trace that it belongs to
   * @param mayBegin whether a new trace may begin if there is none
   */
  public TracingSpan process(String address, Optional<String> traceparent, boolean mayBegin) {
    var parent = traceparent.map(Tracing::remote);
    if (tracer == null || !parent.map(SpanContext::isSampled).orElse(mayBegin)) {
      return TracingSpan.NONE;
    }
    var span = start("process " + address, address, SpanKind.CONSUMER, parent);
    return onBus(span, "process", address);
  }

  @Override
  public Consumer<Throwable> sending(String address, int attempt, MultiMap headers) {
    var cause = tracer == null ? TracingSpan.NONE : TracingSpan.current();
    if (!cause.isSampled()) {
      return TracingSpan.NONE::end;
    }
    var span = onBus(cause.child("send " + address, SpanKind.PRODUCER), "send", address);
    if (attempt > 1) {
      span.set("tradepost.attempt", attempt);
    }
    span.traceparent().ifPresent(traceparent -> headers.set(BusHeaders.TRACEPARENT, traceparent));
    return span::end;
  }

  private static TracingSpan onBus(TracingSpan span, String operation, String address) {
    return span.set("messaging.system", "vertx")
        .set("messaging.operation.name", operation)
        .set("messaging.operation.type", operation)
        .set("messaging.destination.name", address);
  }

  @Override
  public <T> Future<T> causedBy(List<String> traceparents, String name, Supplier<Future<T>> work) {
    if (tracer == null) {
      return work.get();
    }
    var span = linked(traceparents, name);
    return span.within(work).onComplete(done -> span.end(done.cause()));
  }

  /** A span in the trace of the first sampled cause, linked to all sampled causes. */
  private TracingSpan linked(List<String> traceparents, String name) {
    var causes =
        traceparents.stream()
            .filter(traceparent -> traceparent != null)
            .map(Tracing::remote)
            .filter(SpanContext::isSampled)
            .distinct()
            .toList();
    if (causes.isEmpty()) {
      return TracingSpan.NONE;
    }
    var builder = tracer.spanBuilder(name).setParent(context(causes.get(0)));
    causes.forEach(builder::addLink);
    return new TracingSpan(tracer, builder.startSpan(), name);
  }

  private TracingSpan start(
      String name, String subject, SpanKind kind, Optional<SpanContext> parent) {
    var context = parent.map(Tracing::context).orElse(Context.root());
    var span = tracer.spanBuilder(name).setSpanKind(kind).setParent(context).startSpan();
    return new TracingSpan(tracer, span, subject);
  }

  private static Context context(SpanContext remote) {
    return Context.root().with(Span.wrap(remote));
  }

  /** The trace context of a traceparent; an invalid one if the text is malformed. */
  private static SpanContext remote(String traceparent) {
    return traceparent.length() == TRACEPARENT_LENGTH
        ? SpanContext.createFromRemoteParent(
            traceparent.substring(3, 35),
            traceparent.substring(36, 52),
            TraceFlags.fromHex(traceparent, 53),
            TraceState.getDefault())
        : SpanContext.getInvalid();
  }

  /** The spans that wait to be exported and those that were lost; empty if tracing is off. */
  public Optional<TracingLosses> losses() {
    return sdk.map(TracingSdk::losses);
  }

  /** Exports the remaining spans, unless that takes too long. */
  public Future<Void> stop() {
    return sdk.map(TracingSdk::stop).orElse(Future.succeededFuture());
  }
}
