package org.tradepost.platform.node;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The verticles of a node. */
final class Deployments {

  private static final Logger log = LoggerFactory.getLogger(Deployments.class);

  private final Vertx vertx;
  private final Deque<String> deployed = new ConcurrentLinkedDeque<>();
  private final AtomicInteger starting = new AtomicInteger();

  Deployments(Vertx vertx) {
    this.vertx = vertx;
  }

  Future<String> deploy(Deployable verticle) {
    starting.incrementAndGet();
    return vertx
        .deployVerticle(verticle)
        .onSuccess(deployed::push)
        .onComplete(done -> starting.decrementAndGet());
  }

  /** Why the node serves nothing; empty when there is a verticle and all have started. */
  Optional<String> trouble() {
    return !deployed.isEmpty() && starting.get() == 0
        ? Optional.empty()
        : Optional.of("not every service has started");
  }

  /** Undeploys all verticles, the last one first. Never fails. */
  Future<Void> undeploy() {
    var id = deployed.poll();
    return id == null
        ? Future.succeededFuture()
        : vertx
            .undeploy(id)
            .onFailure(failure -> log.warn("a service did not stop cleanly", failure))
            .otherwiseEmpty()
            .compose(done -> undeploy());
  }
}
