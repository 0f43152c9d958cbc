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
 * Limits the request rate of each client, which is the account of a valid token or else the
 * address. Each client has a token bucket (Bucket4j) that refills within the window.
 *
 * <p>Responses report the limit as in draft-ietf-httpapi-ratelimit-headers-10. One per gateway,
 * shared by its event loops; each gateway counts separately.
 */
public final class RateLimits implements Handler<RoutingContext> {

  private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
  private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit");
  private static final String KEY = "client address";
  private static final int WINDOW_SECONDS = 10;
  private static final int MAX_CLIENTS = 100_000;

  private final int rate;
  private final CharSequence policy;
  private final TrustedProxies proxies;

  // A bucket that is not used for a whole window is full again, so it can be dropped.
  private final Cache<Object, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MAX_CLIENTS)
          .expireAfterAccess(Duration.ofSeconds(WINDOW_SECONDS))
          .build();

  /**
   * @param rate requests per second; 0 for no limit
   */
  public RateLimits(int rate, TrustedProxies proxies) {
    this.rate = rate;
    this.policy = HttpHeaders.createOptimized("\"default\";q=" + quota() + ";w=" + WINDOW_SECONDS);
    this.proxies = proxies;
  }

  private long quota() {
    return (long) rate * WINDOW_SECONDS;
  }

  /** Counts a request against its address, before its token is read. */
  @Override
  public void handle(RoutingContext context) {
    var address = proxies.clientOf(context.request());
    context.put(KEY, address);
    HttpExchange.of(context).setClient(address);
    if (rate > 0) {
      take(context, bucket(address));
    }
    context.next();
  }

  /**
   * Counts a request against the account that its token names instead of against its address, so
   * that customers behind one address do not use up each other's requests.
   *
   * @return identifies the client: the account, or the address if there is none
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
    HttpExchange.of(context).setClient(caller.subject());
    return caller.subject();
  }

  /** Returns what identifies the address of a request, as text. */
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

  /** Converts to seconds, rounded up. */
  private static int seconds(long nanos) {
    return (int) TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
  }
}
