package org.tradepost.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Completes the future of another event loop on the caller's event loop. */
public final class CallerContext {

  private CallerContext() {}

  public static <T> Future<T> runOnCaller(Vertx vertx, Future<T> elsewhere) {
    var context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    elsewhere.onComplete(result -> context.runOnContext(switched -> promise.handle(result)));
    return promise.future();
  }
}
