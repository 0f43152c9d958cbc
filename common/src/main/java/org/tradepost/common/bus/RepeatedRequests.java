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
 * The requests under way that may be repeated. When an instance dies, those at its addresses are
 * sent again at once: the bus does not tell which of them were with it, and would let each of those
 * wait until its time is up.
 */
final class RepeatedRequests {

  private final Vertx vertx;
  private final Map<String, Set<UnderWay>> underWay = new ConcurrentHashMap<>();

  RepeatedRequests(Vertx vertx) {
    this.vertx = vertx;
  }

  private record UnderWay(RepeatedRequest request, Context context) {}

  Future<Message<Buffer>> follow(String address, RepeatedRequest request) {
    var here = new UnderWay(request, vertx.getOrCreateContext());
    var others = underWay.computeIfAbsent(address, first -> ConcurrentHashMap.newKeySet());
    others.add(here);
    return request.begin().onComplete(done -> others.remove(here));
  }

  /** An instance that served the address has died. */
  void lost(String address) {
    underWay
        .getOrDefault(address, Set.of())
        .forEach(one -> one.context.runOnContext(now -> one.request.again()));
  }
}
