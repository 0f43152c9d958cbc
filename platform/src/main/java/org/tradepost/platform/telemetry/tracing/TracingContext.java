package org.tradepost.platform.telemetry.tracing;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;
import java.util.function.Supplier;

/** Which span the work on a Vert.x context belongs to. Vert.x loads it before it starts. */
public final class TracingContext implements VertxServiceProvider {

  private static final ContextLocal<TracingSpan> SPAN =
      ContextLocal.registerLocal(TracingSpan.class);

  @Override
  public void init(VertxBootstrap bootstrap) {
    // To load the class is all there is to do.
  }

  /** The span of a context that has not ended yet. */
  static TracingSpan of(Context context) {
    var span = context == null ? null : SPAN.get(context);
    return span == null || !span.isRecording() ? TracingSpan.NONE : span;
  }

  /** Makes a span the one of a context, unless that is shared with other work. */
  static void enter(ContextInternal context, TracingSpan span) {
    if (context != null && context.isDuplicate() && span.isRecording()) {
      SPAN.put(context, span);
    }
  }

  /** Does work on a context of its own, whose span is the given one; what else it has stays. */
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
