package org.tradepost.platform.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks up entries that all nodes share. An entry may be on a frozen node, and no request should
 * wait for that, so a lookup that takes long gives what this node remembers. There is one lookup in
 * progress per key; others for the same key wait for it.
 */
final class Lookups<T> {

  private static final long TIMEOUT_MILLIS = 250;
  private static final long FIRST_TIMEOUT_MILLIS = 30_000;

  private final VertxInternal vertx;
  private final BlockingCalls calls;
  private final Function<String, T> lookup;
  private final Function<String, Optional<T>> memory;
  private final Map<String, Future<T>> inProgress = new ConcurrentHashMap<>();

  /**
   * @param lookup reads the entry of a key and remembers it; may block
   * @param memory what this node remembers of a key; empty if it has never been looked up
   */
  Lookups(
      Vertx vertx,
      BlockingCalls calls,
      Function<String, T> lookup,
      Function<String, Optional<T>> memory) {
    this.vertx = (VertxInternal) vertx;
    this.calls = calls;
    this.lookup = lookup;
    this.memory = memory;
  }

  /**
   * The entry of a key, from memory if the lookup takes long.
   *
   * @param late gets the entry if it came after the answer
   */
  Future<T> get(String key, Consumer<T> late) {
    var found = current(key);
    var timeout = memory.apply(key).isPresent() ? TIMEOUT_MILLIS : FIRST_TIMEOUT_MILLIS;
    return found
        .timeout(timeout, TimeUnit.MILLISECONDS)
        .recover(
            failure -> {
              found.onSuccess(late::accept);
              return memory
                  .apply(key)
                  .map(Future::succeededFuture)
                  .orElseGet(() -> Future.failedFuture(failure));
            });
  }

  /** The entry of a key, however long the lookup takes. */
  Future<T> current(String key) {
    Promise<T> found = vertx.promise();
    inProgress.computeIfAbsent(key, this::start).onComplete(found);
    return found.future();
  }

  private Future<T> start(String key) {
    return calls.run(
        () -> {
          try {
            return lookup.apply(key);
          } finally {
            inProgress.remove(key);
          }
        });
  }
}
