package org.tradepost.common.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last {@link Trust} received, kept while the authentication service is unavailable.
 *
 * <p>It is requested every two seconds and at each change notification, so a revocation is known
 * everywhere within seconds although the bus may lose any message.
 */
public final class TrustedKeys {

  public static final String ISSUER = "tradepost/auth";
  public static final String AUDIENCE = "tradepost";
  public static final String ALGORITHM = "RS256";
  private static final long REFRESH_MILLIS = 2_000;
  private static final long UNKNOWN_KEY_NANOS = 1_000_000_000;
  private static final Logger log = LoggerFactory.getLogger(TrustedKeys.class);

  private final Vertx vertx;
  private final Supplier<Future<Trust>> source;
  private volatile JWTAuth auth;
  private volatile Set<String> revoked = Set.of();
  private List<?> keys = List.of();
  private Supplier<Optional<Trust>> fallback = Optional::empty;
  private Future<Void> refreshing = Future.succeededFuture();
  private long refreshedAt = System.nanoTime() - UNKNOWN_KEY_NANOS;
  private volatile long refreshTimer = -1;

  /**
   * @param source requests it from the authentication service
   */
  public TrustedKeys(Vertx vertx, Supplier<Future<Trust>> source) {
    this.vertx = vertx;
    this.source = source;
  }

  /**
   * Starts asking; the first reply comes only when the authentication service is available.
   *
   * @param fallback what is known from elsewhere until then, if anything
   */
  public void start(Supplier<Optional<Trust>> fallback) {
    this.fallback = fallback;
    useFallback();
    refresh();
    refreshTimer = vertx.setPeriodic(REFRESH_MILLIS, timer -> refresh());
  }

  /** Stops asking, and keeps what is known. */
  public void stop() {
    vertx.cancelTimer(refreshTimer);
  }

  /** Asks now, unless a request is in flight. Never fails: what was known stays known. */
  public synchronized Future<Void> refresh() {
    if (refreshing.isComplete()) {
      refreshedAt = System.nanoTime();
      refreshing =
          source
              .get()
              .onSuccess(this::accept)
              .onFailure(
                  failure -> log.debug("the keys cannot be fetched: {}", failure.getMessage()))
              .<Void>mapEmpty()
              .otherwiseEmpty();
    }
    return refreshing;
  }

  /**
   * Asks because a token names an unknown key, at most once a second, so that anonymous clients
   * cannot cause many requests.
   */
  synchronized Future<Void> refreshForUnknownKey() {
    return System.nanoTime() - refreshedAt < UNKNOWN_KEY_NANOS ? refreshing : refresh();
  }

  /** Verifies users' tokens; empty until keys are known. */
  Optional<JWTAuth> auth() {
    return Optional.ofNullable(auth);
  }

  /** Whether keys are known. */
  public boolean isKnown() {
    useFallback();
    return auth != null;
  }

  /** Uses what is known from elsewhere until the service itself has replied. */
  private synchronized void useFallback() {
    if (auth == null) {
      fallback.get().ifPresent(this::accept);
    }
  }

  boolean isRevoked(String session) {
    return revoked.contains(session);
  }

  private synchronized void accept(Trust trust) {
    revoked = Set.copyOf(trust.revokedSessions());
    // Without any key the verifier would accept unsigned tokens.
    if (!trust.keys().isEmpty() && !trust.keys().equals(keys)) {
      keys = trust.keys();
      var options =
          new JWTAuthOptions()
              .setJWTOptions(
                  // TokenVerifier checks the times.
                  new JWTOptions()
                      .setIssuer(ISSUER)
                      .addAudience(AUDIENCE)
                      .setIgnoreExpiration(true));
      trust.keys().forEach(key -> options.addJwk(new JsonObject(key.toString())));
      auth = JWTAuth.create(vertx, options);
    }
  }
}
