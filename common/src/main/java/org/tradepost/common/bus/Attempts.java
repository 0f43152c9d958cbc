package org.tradepost.common.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tradepost.common.error.ServiceException;

/**
 * The attempts under way that may be made again. When an instance dies, those at its addresses are
 * given up at once: the bus does not tell which of them were with it, and would let each of those
 * wait until its time is up.
 */
final class Attempts {

  private final Vertx vertx;
  private final Map<String, Set<Attempt>> underWay = new ConcurrentHashMap<>();

  Attempts(Vertx vertx) {
    this.vertx = vertx;
  }

  private record Attempt(Promise<Message<Buffer>> outcome, Context context) {}

  /** The outcome of an attempt, or {@code UNAVAILABLE} when it is given up before. */
  Future<Message<Buffer>> follow(String address, Future<Message<Buffer>> reply) {
    var attempt = new Attempt(Promise.promise(), vertx.getOrCreateContext());
    var others = underWay.computeIfAbsent(address, first -> ConcurrentHashMap.newKeySet());
    others.add(attempt);
    reply.onComplete(
        answer -> {
          others.remove(attempt);
          if (answer.succeeded()) {
            attempt.outcome.tryComplete(answer.result());
          } else {
            attempt.outcome.tryFail(answer.cause());
          }
        });
    return attempt.outcome.future();
  }

  /** Gives up what is under way at an address. */
  void giveUp(String address, String service) {
    underWay
        .getOrDefault(address, Set.of())
        .forEach(
            attempt ->
                attempt.context.runOnContext(
                    now -> attempt.outcome.tryFail(ServiceException.unanswered(service))));
  }
}
