package org.tradepost.platform.service;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.tradepost.common.bus.Deadline;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;

/**
 * What a service does before it opens, so that nobody has to wait while it does so for the first
 * time: the first pass through an operation loads hundreds of classes, and while an instance that
 * has just been started does that, its share of the load piles up.
 */
final class WarmUp {

  /** Enough for the first compiler to have compiled what is passed through. */
  private static final int PASSES = 100;

  private static final long LONGEST_MILLIS = 3_000;

  /** Nobody waits, but a call must have an end. */
  private static final long CALL_MILLIS = 60_000;

  private final List<Function<RequestContext, Future<?>>> scenes = new ArrayList<>();

  void add(Function<RequestContext, Future<?>> scene) {
    scenes.add(scene);
  }

  /** Goes through everything some times, if it works and there is time. Never fails. */
  Future<Void> run() {
    return pass(PASSES, Deadline.in(LONGEST_MILLIS)).otherwiseEmpty();
  }

  private Future<Void> pass(int left, Deadline atLatest) {
    var pass = Future.<Void>succeededFuture();
    for (var scene : scenes) {
      pass = pass.compose(done -> play(scene));
    }
    return left == 1 || atLatest.isPast() ? pass : pass.compose(done -> pass(left - 1, atLatest));
  }

  private static Future<Void> play(Function<RequestContext, Future<?>> scene) {
    return Future.succeededFuture()
        .compose(
            begin ->
                scene.apply(new RequestContext(nobody(), Deadline.in(CALL_MILLIS), null, null)))
        .<Void>mapEmpty()
        .recover(
            failure ->
                failure instanceof ServiceException refusal && refusal.isBusiness()
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  /** A user that no database knows. */
  private static Caller nobody() {
    return new Caller(Caller.Kind.USER, UUID.randomUUID().toString(), Set.of(), "", Instant.now());
  }
}
