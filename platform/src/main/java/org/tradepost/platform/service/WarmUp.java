package org.tradepost.platform.service;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Deadline;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;

/**
 * Runs a service's operations before it starts, so that no client waits for the first run. The
 * first run of an operation loads hundreds of classes, and meanwhile a new instance's share of the
 * load would pile up.
 */
final class WarmUp {

  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

  /** Enough for the JVM's C1 compiler to compile the code. */
  private static final int ROUNDS = 100;

  private static final long TIMEOUT_MILLIS = 3_000;

  /** No client waits, but a call needs a deadline. */
  private static final long CALL_TIMEOUT_MILLIS = 60_000;

  private final String service;
  private final List<Function<RequestContext, Future<?>>> requests = new ArrayList<>();

  WarmUp(String service) {
    this.service = service;
  }

  void add(Function<RequestContext, Future<?>> request) {
    requests.add(request);
  }

  /** Sends all requests repeatedly while they succeed and there is time. Never fails. */
  Future<Void> run() {
    var startedAt = System.nanoTime();
    return round(ROUNDS, Deadline.in(TIMEOUT_MILLIS))
        .otherwiseEmpty()
        .onComplete(
            done ->
                log.info(
                    "{} warmed up in {} ms", service, (System.nanoTime() - startedAt) / 1_000_000));
  }

  private Future<Void> round(int left, Deadline atLatest) {
    var round = Future.<Void>succeededFuture();
    for (var request : requests) {
      round = round.compose(done -> send(request));
    }
    return round.compose(
        done ->
            left == 1 || atLatest.isPast() ? Future.succeededFuture() : round(left - 1, atLatest));
  }

  private static Future<Void> send(Function<RequestContext, Future<?>> request) {
    return Future.succeededFuture()
        .compose(
            begin ->
                request.apply(
                    new RequestContext(
                        unknownUser(), Deadline.in(CALL_TIMEOUT_MILLIS), null, null)))
        .<Void>mapEmpty()
        .recover(
            failure ->
                ServiceException.isRejection(failure)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  /** A user that no database knows. */
  private static Caller unknownUser() {
    return new Caller(Caller.Kind.USER, UUID.randomUUID().toString(), Set.of(), "", Instant.now());
  }
}
