package org.tradepost.platform.telemetry.tracing;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;
import java.util.function.Supplier;

/** The span that work on a Vert.x context belongs to. Vert.x loads this class before it starts. */
public final class TracingContext implements VertxServiceProvider {

  private static final ContextLocal<TracingSpan> SPAN =
      ContextLocal.registerLocal(TracingSpan.class);

  @Override
  public void init(VertxBootstrap bootstrap) {
    // Loading the class is enough.
  }

  /** The span of a context, unless it has ended. */
  static TracingSpan of(Context context) {
    var span = context == null ? null : SPAN.get(context);
    return span == null || !span.isRecording() ? TracingSpan.NONE : span;
  }

  /** Sets the span of a context, unless the context is shared with other work. */
  static void enter(ContextInternal context, TracingSpan span) {
    if (context != null && context.isDuplicate() && span.isRecording()) {
      SPAN.put(context, span);
    }
  }

  /** Runs work on a duplicate of a context, with the given span; its other locals are kept. */
  static <T> Future<T> run(ContextInternal caller, TracingSpan span, Supplier<Future<T>> work) {
    var own = caller.duplicate(true);
    SPAN.put(own, span);
    var before = own.beginDispatch();
    try {
      return work.get();
    } finally {
      own.endDispatch(before);
    }
  }
}
