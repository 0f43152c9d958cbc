package org.tradepost.common.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.impl.jose.JWT;
import io.vertx.ext.auth.jwt.JWTAuth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/**
 * Finds the caller that a token names.
 *
 * <p>The authentication service signs users' tokens with RS256; services' tokens are HS256 with the
 * cluster secret. The algorithm chooses the verifier, and each verifier has keys of one algorithm,
 * so neither kind can pass for the other. A verified token is cached until it expires; revocation
 * is checked every time.
 *
 * <p>The times in a token come from another host's clock. The tolerance for the expiry is only
 * seconds, since a stolen token stays valid that much longer; the time of issue is not checked.
 */
public final class TokenVerifier {

  private static final Duration EXPIRY_TOLERANCE = Duration.ofSeconds(5);
  private static final Duration NOT_BEFORE_TOLERANCE = Duration.ofSeconds(60);
  private static final int MAX_CACHED_TOKENS = 10_000;
  private static final int MAX_TOKEN_LENGTH = 4_096;

  private final ServiceTokens services;
  private final TrustedKeys users;
  private final InstantSource clock;
  private final Cache<String, Caller> verified =
      Caffeine.newBuilder().maximumSize(MAX_CACHED_TOKENS).recordStats().build();

  public TokenVerifier(ServiceTokens services, TrustedKeys users) {
    this(services, users, InstantSource.system());
  }

  public TokenVerifier(ServiceTokens services, TrustedKeys users, InstantSource clock) {
    this.services = services;
    this.users = users;
    this.clock = clock;
  }

  /** How many tokens are cached. */
  public long cachedTokens() {
    return verified.estimatedSize();
  }

  /** How often a token was in the cache, and how often it was not. */
  public CacheStats cacheStats() {
    return verified.stats();
  }

  /**
   * Returns the caller that a token names.
   *
   * @param token the token itself, or null if anonymous
   * @return fails with {@code UNAUTHENTICATED}, or {@code UNAVAILABLE} until keys are known
   */
  public Future<Caller> verify(String token) {
    if (token == null) {
      return Future.succeededFuture(Caller.ANONYMOUS);
    }
    var cached = verified.getIfPresent(token);
    return cached == null
        ? verifyNew(token, this::authenticateUserWithNewKeys)
        : checkValid(token, cached);
  }

  /**
   * Returns the caller of an operation that needs no token; a service counts as anonymous. Keys are
   * not asked for, so such a request never waits for the authentication service.
   *
   * @param token the token itself, or null if anonymous
   * @return never fails
   */
  public Future<Recognition> recognize(String token) {
    if (token == null) {
      return Future.succeededFuture(Recognition.ANONYMOUS);
    }
    var cached = verified.getIfPresent(token);
    return (cached == null ? verifyNew(token, this::authenticateUser) : checkValid(token, cached))
        .map(Caller::requireUser)
        .map(Recognition::of)
        .otherwise(Recognition::anonymous);
  }

  private Future<Caller> verifyNew(String token, Function<String, Future<Caller>> user) {
    JsonObject header;
    try {
      if (token.length() > MAX_TOKEN_LENGTH) {
        return rejected();
      }
      header = JWT.parse(token).getJsonObject("header");
      if (header == null || header.getValue("crit") != null) {
        return rejected();
      }
      var algorithm = header.getValue("alg");
      if (ServiceTokens.ALGORITHM.equals(algorithm)) {
        return authenticate(services.auth(), token, Caller.Kind.SERVICE);
      }
      if (!TrustedKeys.ALGORITHM.equals(algorithm) || !"at+jwt".equals(header.getValue("typ"))) {
        return rejected();
      }
    } catch (RuntimeException malformed) {
      return rejected();
    }
    return user.apply(token);
  }

  private Future<Caller> authenticateUserWithNewKeys(String token) {
    return authenticateUser(token)
        .recover(failure -> users.refreshForUnknownKey().compose(done -> authenticateUser(token)));
  }

  private Future<Caller> authenticateUser(String token) {
    return users
        .auth()
        .map(auth -> authenticate(auth, token, Caller.Kind.USER))
        .orElseGet(
            () ->
                Future.failedFuture(
                    ServiceException.unavailable(
                        "The authentication service has not been reached yet")));
  }

  private Future<Caller> authenticate(JWTAuth auth, String token, Caller.Kind kind) {
    return auth.authenticate(new TokenCredentials(token))
        .map(user -> caller(user, kind))
        .recover(failure -> rejected())
        .compose(caller -> checkValid(token, caller))
        .onSuccess(caller -> verified.put(token, caller));
  }

  private Future<Caller> checkValid(String token, Caller caller) {
    if (caller.expiresAt().plus(EXPIRY_TOLERANCE).isBefore(clock.instant())
        || (caller.isUser() && users.isRevoked(caller.session()))) {
      verified.invalidate(token);
      return rejected();
    }
    return Future.succeededFuture(caller);
  }

  private Caller caller(User user, Caller.Kind kind) {
    var claims = user.attributes().getJsonObject("accessToken");
    var expires = claims.getLong("exp");
    var notBefore = Instant.ofEpochSecond(claims.getLong("nbf", 0L));
    if (expires == null || notBefore.minus(NOT_BEFORE_TOLERANCE).isAfter(clock.instant())) {
      throw new ServiceException(CommonError.UNAUTHENTICATED);
    }
    var subject = claims.getString("sub");
    if (kind == Caller.Kind.SERVICE
        && !(ServiceTokens.ISSUER_PREFIX + subject).equals(claims.getString("iss"))) {
      throw new ServiceException(CommonError.UNAUTHENTICATED);
    }
    return new Caller(
        kind,
        subject,
        kind == Caller.Kind.USER ? roles(claims.getJsonArray("roles", new JsonArray())) : Set.of(),
        claims.getString("sid", ""),
        Instant.ofEpochSecond(expires));
  }

  private static Set<String> roles(JsonArray names) {
    var roles = new TreeSet<String>();
    names.forEach(name -> roles.add((String) name));
    return roles;
  }

  private static <T> Future<T> rejected() {
    return Future.failedFuture(new ServiceException(CommonError.UNAUTHENTICATED));
  }
}
