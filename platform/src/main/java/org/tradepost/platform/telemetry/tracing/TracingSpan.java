package org.tradepost.platform.telemetry.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tradepost.common.error.Failure;
import org.tradepost.common.error.ServiceException;

/**
 * One piece of work in a trace, or {@link #NONE}, which records nothing. A failure is recorded only
 * by its code or class, since messages may contain confidential data.
 */
public final class TracingSpan {

  /** Work that is in no trace. */
  public static final TracingSpan NONE = new TracingSpan(null, Span.getInvalid(), "");

  private static final int SERVER_ERROR = 500;

  private final Tracer tracer;
  private final Span span;
  private final String subject;

  /**
   * @param subject what the work is about, for the names of spans that follow from it
   */
  TracingSpan(Tracer tracer, Span span, String subject) {
    this.tracer = tracer;
    this.span = span;
    this.subject = subject;
  }

  /** The span of the current work. */
  public static TracingSpan current() {
    return TracingContext.of(Vertx.currentContext());
  }

  /** Makes this the span of everything done from now on for the current request. */
  public void enter() {
    TracingContext.enter(ContextInternal.current(), this);
  }

  /** Runs work that belongs to this span only. */
  public <T> Future<T> within(Supplier<Future<T>> work) {
    var context = ContextInternal.current();
    return context == null || (!isRecording() && current() == NONE)
        ? work.get()
        : TracingContext.run(context, this, work);
  }

  /**
   * Starts the span of a batch. It is a child of the first sampled item, so that a batch of one
   * item is in one trace, and is linked to every sampled item.
   *
   * @param items the spans of its items
   */
  public static TracingSpan batch(List<TracingSpan> items) {
    var traced = items.stream().filter(TracingSpan::isSampled).toList();
    if (traced.isEmpty()) {
      return NONE;
    }
    var first = traced.get(0);
    var builder =
        first
            .tracer
            .spanBuilder("batch " + first.subject)
            .setParent(first.context())
            .setAttribute("tradepost.batch.size", items.size());
    traced.forEach(item -> builder.addLink(item.spanContext()));
    var batch = new TracingSpan(first.tracer, builder.startSpan(), first.subject);
    traced.forEach(item -> item.joined(batch, items.size()));
    return batch;
  }

  /** Records that this waits behind other work. */
  public void queued() {
    event("tradepost.batch.queued", Attributes.empty());
  }

  private void joined(TracingSpan batch, long size) {
    event(
        "tradepost.batch.started",
        Attributes.builder()
            .put("tradepost.batch.trace_id", batch.spanContext().getTraceId())
            .put("tradepost.batch.span_id", batch.spanContext().getSpanId())
            .put("tradepost.batch.size", size)
            .build());
  }

  TracingSpan child(String name, SpanKind kind) {
    var child = tracer.spanBuilder(name).setParent(context()).setSpanKind(kind).startSpan();
    return new TracingSpan(tracer, child, subject);
  }

  private Context context() {
    return Context.root().with(span);
  }

  SpanContext spanContext() {
    return span.getSpanContext();
  }

  /** The W3C trace context for what this causes; empty when there is no trace at all. */
  public Optional<String> traceparent() {
    var context = spanContext();
    return context.isValid()
        ? Optional.of(
            "00-"
                + context.getTraceId()
                + "-"
                + context.getSpanId()
                + "-"
                + context.getTraceFlags().asHex())
        : Optional.empty();
  }

  boolean isRecording() {
    return span.isRecording();
  }

  /** Whether it is exported and what it causes is traced too. */
  boolean isSampled() {
    return isRecording() && spanContext().isSampled();
  }

  /** Whether it would be exported if it ended now: it is sampled, failed or slow. */
  public boolean isOfInterest() {
    return isSampled()
        || (span instanceof ReadableSpan recorded && TracingFailures.isOfInterest(recorded));
  }

  public TracingSpan rename(String name) {
    span.updateName(name);
    return this;
  }

  public TracingSpan set(String attribute, String value) {
    span.setAttribute(attribute, value);
    return this;
  }

  public TracingSpan set(String attribute, long value) {
    span.setAttribute(attribute, value);
    return this;
  }

  /** Adds an event with one attribute. */
  public void event(String name, String attribute, String value) {
    if (isRecording()) {
      event(name, Attributes.builder().put(attribute, value).build());
    }
  }

  private void event(String name, Attributes attributes) {
    span.addEvent(name, attributes);
  }

  /**
   * Marks the span as failed.
   *
   * @param type the error code or the class of the failure
   */
  public TracingSpan failed(String type) {
    span.setAttribute("error.type", type).setStatus(StatusCode.ERROR);
    return this;
  }

  /**
   * Ends the span.
   *
   * @param failure null when the work succeeded
   */
  public void end(Throwable failure) {
    if (isRecording() && failure != null) {
      note(failure);
    }
    span.end();
  }

  private void note(Throwable failure) {
    if (!(failure instanceof ServiceException rejection)) {
      failed(failure.getClass().getSimpleName());
    } else {
      rejected(rejection.failure());
    }
  }

  /** Records a rejection; one that the client caused is not an error of this span. */
  public void rejected(Failure rejection) {
    if (rejection.status() >= SERVER_ERROR) {
      failed(rejection.code());
    } else {
      span.setAttribute("tradepost.refusal", rejection.code());
    }
  }
}
