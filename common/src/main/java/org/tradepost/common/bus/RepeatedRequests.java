package org.tradepost.common.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests in flight that may be repeated. When an instance dies or stops responding, the
 * requests to its addresses are sent again at once: the bus does not say which of them went to that
 * instance, and would let each of those wait for its timeout.
 */
final class RepeatedRequests {

  private final Vertx vertx;
  private final Map<String, Set<InFlight>> inFlight = new ConcurrentHashMap<>();

  RepeatedRequests(Vertx vertx) {
    this.vertx = vertx;
  }

  private record InFlight(RepeatedRequest request, Context context) {}

  Future<Message<Buffer>> track(String address, RepeatedRequest request) {
    var tracked = new InFlight(request, vertx.getOrCreateContext());
    var others = inFlight.computeIfAbsent(address, first -> ConcurrentHashMap.newKeySet());
    others.add(tracked);
    return request.start().onComplete(done -> others.remove(tracked));
  }

  /** Sends the requests to an address again: an instance there died or stopped responding. */
  void resend(String address) {
    inFlight
        .getOrDefault(address, Set.of())
        .forEach(it -> it.context.runOnContext(now -> it.request.repeat()));
  }
}
