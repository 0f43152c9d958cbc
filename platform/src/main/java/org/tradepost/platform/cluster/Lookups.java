package org.tradepost.platform.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Looks up entries that all nodes share. An entry may be on a frozen node, and no request should
 * wait for that, so a lookup that takes long gives what this node remembers.
 *
 * <p>There is one lookup in progress per key. All who ask meanwhile share the next one, since the
 * entry may have changed after the one in progress had read it.
 */
final class Lookups<T> {

  private static final long TIMEOUT_MILLIS = 250;
  private static final long FIRST_TIMEOUT_MILLIS = 30_000;

  private final VertxInternal vertx;
  private final BlockingCalls calls;
  private final Function<String, T> lookup;
  private final Function<String, Optional<T>> memory;
  private final BiConsumer<String, T> late;

  /** Who waits for the next lookup of each key of which one is in progress. */
  private final Map<String, List<Promise<T>>> waiting = new HashMap<>();

  /**
   * @param lookup reads the entry of a key and remembers it; may block
   * @param memory what this node remembers of a key; empty if it has never been looked up
   * @param late gets an entry that was not what this node remembered, if that had been given as an
   *     answer meanwhile
   */
  Lookups(
      Vertx vertx,
      BlockingCalls calls,
      Function<String, T> lookup,
      Function<String, Optional<T>> memory,
      BiConsumer<String, T> late) {
    this.vertx = (VertxInternal) vertx;
    this.calls = calls;
    this.lookup = lookup;
    this.memory = memory;
    this.late = late;
  }

  /** The entry of a key, from memory if the lookup fails or takes long. */
  Future<T> get(String key) {
    var timeout = memory.apply(key).isPresent() ? TIMEOUT_MILLIS : FIRST_TIMEOUT_MILLIS;
    return current(key)
        .timeout(timeout, TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                memory
                    .apply(key)
                    .map(Future::succeededFuture)
                    .orElseGet(() -> Future.failedFuture(failure)));
  }

  /** The entry of a key, read after this call began, however long that takes. */
  Future<T> current(String key) {
    Promise<T> found = vertx.promise();
    if (!waitsForNext(key, found)) {
      calls
          .run(() -> lookUp(key, List.of(found)))
          .onFailure(
              failure -> {
                found.tryFail(failure);
                removeWaiting(key).forEach(next -> next.fail(failure));
              });
    }
    return found.future();
  }

  private synchronized boolean waitsForNext(String key, Promise<T> found) {
    var next = waiting.putIfAbsent(key, new ArrayList<>());
    return next != null && next.add(found);
  }

  /** Looks up until nobody waits for the key any more. */
  private Void lookUp(String key, List<Promise<T>> first) {
    var started = System.nanoTime();
    for (var askers = first; !askers.isEmpty(); askers = takeWaiting(key)) {
      var remembered = memory.apply(key);
      var found = read(key);
      if (found.succeeded()
          && System.nanoTime() - started >= TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS)
          && !remembered.equals(Optional.of(found.result()))) {
        late.accept(key, found.result());
      }
      askers.forEach(found::onComplete);
    }
    return null;
  }

  private Future<T> read(String key) {
    try {
      return Future.succeededFuture(lookup.apply(key));
    } catch (Throwable failure) {
      return Future.failedFuture(failure);
    }
  }

  /** Those who wait for the next lookup; if there are none, no lookup is in progress any more. */
  private synchronized List<Promise<T>> takeWaiting(String key) {
    var next = waiting.remove(key);
    if (!next.isEmpty()) {
      waiting.put(key, new ArrayList<>());
    }
    return next;
  }

  private synchronized List<Promise<T>> removeWaiting(String key) {
    return waiting.remove(key);
  }
}
