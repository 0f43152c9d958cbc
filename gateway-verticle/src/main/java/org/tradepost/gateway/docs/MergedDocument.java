package org.tradepost.gateway.docs;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;
import org.tradepost.gateway.http.CallerContext;
import org.tradepost.gateway.routing.RoutingSnapshot;
import org.tradepost.gateway.routing.ServiceRegistry;
import org.tradepost.platform.description.ApiDescription;

/**
 * A document that is merged from all API descriptions on the first request after one of them has
 * changed.
 *
 * <p>One per gateway, shared by its event loops.
 */
final class MergedDocument<T> {

  private final ServiceRegistry registry;
  private final Function<List<ApiDescription>, T> merge;
  private RoutingSnapshot source;
  private Future<T> document;

  /**
   * @param merge creates the document; may block
   */
  MergedDocument(ServiceRegistry registry, Function<List<ApiDescription>, T> merge) {
    this.registry = registry;
    this.merge = merge;
  }

  /** Returns the document of the current API descriptions. */
  synchronized Future<T> get(Vertx vertx) {
    var present = registry.snapshot();
    if (present != source || document.failed()) {
      source = present;
      document = vertx.executeBlocking(() -> merge.apply(present.descriptions()));
    }
    return CallerContext.runOnCaller(vertx, document);
  }
}
