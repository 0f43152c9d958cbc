package org.tradepost.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.tradepost.common.error.ServiceException;

/**
 * Replies that may be given to anybody for some seconds, and, while their service is away, up to a
 * stated age. Who asks for the same at the same time waits for one call.
 *
 * <p>One for a gateway, shared by its event loops; bounded by the bytes it holds.
 */
final class ReplyCache {

  private static final long MOST_BYTES = 64L * 1024 * 1024;

  private final Vertx vertx;
  private final long staleMillis;
  private final Cache<String, Reply> replies =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .<String, Reply>weigher((key, reply) -> key.length() + reply.weight())
          .build();
  private final Map<String, Future<Reply>> underWay = new ConcurrentHashMap<>();

  /**
   * @param stale the greatest age of a reply that is given while its service is away
   */
  ReplyCache(Vertx vertx, Duration stale) {
    this.vertx = vertx;
    this.staleMillis = stale.toMillis();
  }

  /**
   * The reply to a request, from the cache or from the service.
   *
   * @param key equal for equal requests
   * @param seconds the age up to which a reply will do
   */
  Future<Reply> get(String key, int seconds, Supplier<Future<Reply>> service) {
    var known = replies.getIfPresent(key);
    if (known != null && known.ageMillis() < seconds * 1_000L) {
      return Future.succeededFuture(known);
    }
    return once(key, service)
        .recover(
            failure ->
                known != null && isAway(failure) && known.ageMillis() <= staleMillis
                    ? Future.succeededFuture(known)
                    : Future.failedFuture(failure));
  }

  private Future<Reply> once(String key, Supplier<Future<Reply>> service) {
    Promise<Reply> mine = Promise.promise();
    var others = underWay.putIfAbsent(key, mine.future());
    if (others != null) {
      return Hop.here(vertx, others);
    }
    return Future.succeededFuture()
        .compose(start -> service.get())
        .onComplete(
            reply -> {
              if (reply.succeeded()) {
                replies.put(key, reply.result());
              }
              underWay.remove(key);
              mine.handle(reply);
            });
  }

  private static boolean isAway(Throwable failure) {
    return failure instanceof ServiceException refusal && refusal.failure().status() == 503;
  }
}
