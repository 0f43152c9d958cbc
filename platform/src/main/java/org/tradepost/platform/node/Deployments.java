package org.tradepost.platform.node;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
  private volatile boolean stopping;

  Deployments(Vertx vertx) {
    this.vertx = vertx;
  }

  Future<String> deploy(Deployable verticle) {
    starting.incrementAndGet();
    return vertx
        .deployVerticle(ignoredAfterStop(verticle))
        .onSuccess(deployed::push)
        .onComplete(done -> starting.decrementAndGet());
  }

  /**
   * Vert.x itself ends a start in flight when it closes, and reports an unhandled exception if the
   * start ends later, for example because the timer of a retry was cancelled.
   */
  private Deployable ignoredAfterStop(Deployable verticle) {
    return new Deployable() {
      @Override
      public Future<?> deploy(Context context) throws Exception {
        Promise<Object> started = Promise.promise();
        verticle
            .deploy(context)
            .<Object>mapEmpty()
            .onComplete(
                end -> {
                  if (!stopping) {
                    started.handle(end);
                  }
                });
        return started.future();
      }

      @Override
      public Future<?> undeploy(Context context) throws Exception {
        return verticle.undeploy(context);
      }
    };
  }

  /** Why the node is not ready; empty if it has a verticle and all verticles have started. */
  Optional<String> trouble() {
    return !deployed.isEmpty() && starting.get() == 0
        ? Optional.empty()
        : Optional.of("not every service has started");
  }

  /** Undeploys all verticles, the last one first. Never fails. */
  Future<Void> undeploy() {
    stopping = true;
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
