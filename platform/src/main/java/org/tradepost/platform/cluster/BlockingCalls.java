package org.tradepost.platform.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs calls of Hazelcast that may block as long as a node is frozen, each on a thread of its own.
 * Vert.x has few worker threads; blocked calls would occupy them all, and everything else that
 * needs one would wait, such as the signature of an access token.
 */
final class BlockingCalls {

  private final VertxInternal vertx;
  private final ExecutorService threads = Executors.newCachedThreadPool(BlockingCalls::thread);

  BlockingCalls(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
  }

  private static Thread thread(Runnable calls) {
    var thread = new Thread(calls, "hazelcast-call");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs a call; completes on the context of the caller. */
  <T> Future<T> run(Callable<T> call) {
    Promise<T> result = vertx.promise();
    try {
      threads.execute(() -> complete(result, call));
    } catch (OutOfMemoryError noThread) {
      result.fail(noThread);
    }
    return result.future();
  }

  /** Also takes errors: an entry that another member wrote may be nested too deeply to be read. */
  private static <T> void complete(Promise<T> result, Callable<T> call) {
    try {
      try {
        result.complete(call.call());
      } catch (Throwable failure) {
        result.tryFail(failure);
      }
    } catch (RejectedExecutionException closed) {
      // The node has stopped meanwhile, so nobody waits for the result.
    }
  }
}
