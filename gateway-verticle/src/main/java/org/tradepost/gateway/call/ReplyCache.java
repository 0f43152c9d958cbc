package org.tradepost.gateway.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.http.CallerContext;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.telemetry.metrics.CacheMetrics;

/**
 * Replies that may be given to anybody for some seconds, or until their service sends a change
 * notification. While the service is unavailable, they may be given up to a configured age.
 * Concurrent equal requests share one call.
 *
 * <p>One per gateway, shared by its event loops; it takes at most an eighth of the maximum heap.
 */
final class ReplyCache {

  private static final String NAME = "replies";
  private static final Tags LABEL = Tags.of("cache", NAME);
  private static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 8;

  private final Vertx vertx;
  private final long staleMillis;
  private final CacheMetrics metrics;
  private final Cache<String, CachedReply> replies =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .<String, CachedReply>weigher((key, reply) -> key.length() + reply.weight())
          .build();
  private final Map<String, Future<CachedReply>> inFlight = new ConcurrentHashMap<>();
  private final Map<String, Long> changes = new ConcurrentHashMap<>();

  /**
   * @param stale the greatest age of a reply that is used while its service is unavailable
   */
  ReplyCache(ClusterNode node, Duration stale) {
    this.vertx = node.vertx();
    this.staleMillis = stale.toMillis();
    this.metrics = node.metrics().cache(NAME, replies::estimatedSize);
    node.metrics()
        .bytes("tradepost.cache.size", "How much memory a cache takes", LABEL, this::weight);
  }

  private long weight() {
    return replies.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }

  /** Makes the earlier replies of a service stale: they are used only while it is unavailable. */
  void changed(String service) {
    changes.put(service, System.nanoTime());
  }

  /**
   * Returns the reply to a request, from the cache or from the service.
   *
   * @param name the name of the service
   * @param key equal for equal requests
   * @param seconds the greatest age of a cached reply
   */
  Future<CachedReply> get(
      String name, String key, int seconds, Supplier<Future<CachedReply>> service) {
    var known = replies.getIfPresent(key);
    var changedAt = changes.get(name);
    if (known != null
        && (changedAt == null || known.askedAt() - changedAt > 0)
        && known.ageMillis() < seconds * 1_000L) {
      metrics.hit();
      return Future.succeededFuture(known);
    }
    metrics.miss();
    return once(key, changedAt, service).recover(failure -> stale(known, failure));
  }

  private Future<CachedReply> stale(CachedReply known, Throwable failure) {
    if (known == null
        || !ServiceException.isTemporary(failure)
        || known.ageMillis() > staleMillis) {
      return Future.failedFuture(failure);
    }
    metrics.stale();
    return Future.succeededFuture(known);
  }

  /** Shares calls; a request after a change does not wait for a call from before the change. */
  private Future<CachedReply> once(
      String key, Long changedAt, Supplier<Future<CachedReply>> service) {
    Promise<CachedReply> promise = Promise.promise();
    var callKey = key + '\n' + changedAt;
    var shared = inFlight.putIfAbsent(callKey, promise.future());
    if (shared != null) {
      // The first client may have exceeded its limit, which does not concern the others.
      return CallerContext.runOnCaller(vertx, shared)
          .recover(
              failure ->
                  isClientLimitExceeded(failure)
                      ? once(key, changedAt, service)
                      : Future.failedFuture(failure));
    }
    return Future.succeededFuture()
        .compose(start -> service.get())
        .onComplete(
            reply -> {
              if (reply.succeeded()) {
                replies.put(key, reply.result());
              }
              inFlight.remove(callKey);
              promise.handle(reply);
            });
  }

  private static boolean isClientLimitExceeded(Throwable failure) {
    return failure instanceof ServiceException rejection
        && rejection.is(CommonError.TOO_MANY_REQUESTS);
  }
}
