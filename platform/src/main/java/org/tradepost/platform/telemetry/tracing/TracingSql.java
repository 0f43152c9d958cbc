package org.tradepost.platform.telemetry.tracing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.Context;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.sqlclient.DatabaseException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * Makes the spans of the statements that a traced request sends to a database, with their SQL but
 * without the values of parameters. Vert.x also calls this for requests over HTTP and the bus,
 * which have other spans.
 */
final class TracingSql implements VertxTracer<Object, TracingSpan> {

  private static final String STATEMENT = "Query";
  private static final int MAX_SUMMARIES = 1_000;

  private final Cache<String, String> summaries =
      Caffeine.newBuilder().maximumSize(MAX_SUMMARIES).build();

  @Override
  public <R> TracingSpan sendRequest(
      Context context,
      io.vertx.core.spi.tracing.SpanKind kind,
      TracingPolicy policy,
      R request,
      String operation,
      BiConsumer<String, String> headers,
      TagExtractor<R> tags) {
    var cause = operation.equals(STATEMENT) ? TracingContext.of(context) : TracingSpan.NONE;
    return cause.isSampled() ? start(cause, request, tags) : null;
  }

  private <R> TracingSpan start(TracingSpan cause, R request, TagExtractor<R> tags) {
    var text = tag(request, tags, "db.query.text").orElse("").strip();
    var summary = summaries.get(text, TracingSqlSummary::of);
    var span =
        cause
            .child(summary, SpanKind.CLIENT)
            .set("db.system.name", "postgresql")
            .set("db.query.summary", summary)
            .set("db.query.text", text);
    tag(request, tags, "db.namespace").ifPresent(name -> span.set("db.namespace", name));
    return span;
  }

  private static <R> Optional<String> tag(R request, TagExtractor<R> tags, String name) {
    return IntStream.range(0, tags.len(request))
        .filter(index -> tags.name(request, index).equals(name))
        .mapToObj(index -> tags.value(request, index))
        .findFirst();
  }

  @Override
  public <R> void receiveResponse(
      Context context, R response, TracingSpan span, Throwable failure, TagExtractor<R> tags) {
    if (span == null) {
      return;
    }
    if (failure instanceof DatabaseException rejected && rejected.getSqlState() != null) {
      span.set("db.response.status_code", rejected.getSqlState()).failed(rejected.getSqlState());
      span.end(null);
    } else {
      span.end(failure);
    }
  }
}
