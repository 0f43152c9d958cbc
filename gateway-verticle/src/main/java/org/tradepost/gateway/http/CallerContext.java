package org.tradepost.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Brings what another event loop finds out to the one that asks. */
public final class CallerContext {

  private CallerContext() {}

  public static <T> Future<T> here(Vertx vertx, Future<T> elsewhere) {
    var context = vertx.getOrCreateContext();
    Promise<T> told = Promise.promise();
    elsewhere.onComplete(result -> context.runOnContext(hop -> told.handle(result)));
    return told.future();
  }
}
