package org.tradepost.gateway.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;
import org.tradepost.gateway.http.HttpExchange;

/**
 * Bounds how often each client may ask: the account that a good token names, and everybody else by
 * their address. Each has a token bucket (Bucket4j) that fills again within the window.
 *
 * <p>The answers tell of it as draft-ietf-httpapi-ratelimit-headers-10 has it. One for a gateway,
 * shared by its event loops; another gateway counts by itself.
 */
public final class RateLimits implements Handler<RoutingContext> {

  private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
  private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit");
  private static final String KEY = "client address";
  private static final int WINDOW_SECONDS = 10;
  private static final int MOST_CLIENTS = 100_000;

  private final int rate;
  private final CharSequence policy;
  private final TrustedProxies proxies;

  // A bucket that nobody has touched for a window is full, so nothing is lost by forgetting it.
  private final Cache<Object, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_CLIENTS)
          .expireAfterAccess(Duration.ofSeconds(WINDOW_SECONDS))
          .build();

  /**
   * @param rate requests a second; 0 for any number
   */
  public RateLimits(int rate, TrustedProxies proxies) {
    this.rate = rate;
    this.policy = HttpHeaders.createOptimized("\"default\";q=" + quota() + ";w=" + WINDOW_SECONDS);
    this.proxies = proxies;
  }

  private long quota() {
    return (long) rate * WINDOW_SECONDS;
  }

  /** Counts a request for its address, before anything is known of a token. */
  @Override
  public void handle(RoutingContext context) {
    var address = proxies.clientOf(context.request());
    context.put(KEY, address);
    HttpExchange.of(context).isOf(address);
    if (rate > 0) {
      take(context, bucket(address));
    }
    context.next();
  }

  /**
   * Counts a request for the account that its token turned out to name, and not for its address, so
   * that customers behind one address do not use up each other's requests.
   *
   * @return what stands for the client: the account, or the address of whoever has none
   * @throws ServiceException {@code TOO_MANY_REQUESTS}
   */
  Object recognize(RoutingContext context, Caller caller) {
    Object address = context.get(KEY);
    if (!caller.isUser()) {
      return address;
    }
    if (rate > 0) {
      bucket(address).addTokens(1);
      take(context, bucket(caller.subject()));
    }
    HttpExchange.of(context).isOf(caller.subject());
    return caller.subject();
  }

  /** What stands for the address that a request comes from, as text. */
  String address(RoutingContext context) {
    return context.get(KEY).toString();
  }

  private Bucket bucket(Object client) {
    return buckets.get(
        client,
        seen ->
            Bucket.builder()
                .addLimit(
                    limit -> limit.capacity(quota()).refillGreedy(rate, Duration.ofSeconds(1)))
                .build());
  }

  private void take(RoutingContext context, Bucket bucket) {
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    context
        .response()
        .putHeader(POLICY, policy)
        .putHeader(
            LIMIT,
            "\"default\";r="
                + probe.getRemainingTokens()
                + ";t="
                + seconds(probe.getNanosToWaitForReset()));
    if (!probe.isConsumed()) {
      throw ServiceException.retryAfter(
          CommonError.TOO_MANY_REQUESTS,
          CommonError.TOO_MANY_REQUESTS.title(),
          seconds(probe.getNanosToWaitForRefill()));
    }
  }

  /** Rounded up. */
  private static int seconds(long nanos) {
    return (int) TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
  }
}
