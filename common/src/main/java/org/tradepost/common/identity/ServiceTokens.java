package org.tradepost.common.identity;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

/**
 * The tokens with which services identify themselves: HS256 with the cluster secret, valid for five
 * minutes.
 *
 * <p>The signer's clock sets the expiry and the verifier's clock decides on it, so a token is
 * renewed every minute: it is still valid where the clock is up to four minutes ahead.
 */
public final class ServiceTokens {

  static final String ALGORITHM = "HS256";
  static final String AUDIENCE = "tradepost/internal";
  static final String ISSUER_PREFIX = "service/";
  private static final int LIFETIME_SECONDS = 300;
  private static final long RENEW_MILLIS = 60_000;

  private final JWTAuth auth;
  private final String name;
  private volatile Signed current = new Signed("", 0);

  /**
   * @param name the name of the bearer, which is a node or a service
   * @param secret the cluster secret, at least 32 characters
   */
  public ServiceTokens(Vertx vertx, String name, String secret) {
    this.name = name;
    this.auth =
        JWTAuth.create(
            vertx,
            new JWTAuthOptions()
                .addPubSecKey(new PubSecKeyOptions().setAlgorithm(ALGORITHM).setBuffer(secret))
                // TokenVerifier checks the times.
                .setJWTOptions(new JWTOptions().addAudience(AUDIENCE).setIgnoreExpiration(true)));
  }

  /** Returns a token that is valid for some minutes. */
  public String token() {
    var now = System.currentTimeMillis();
    var signed = current;
    // The system clock may have been set back as well as forward.
    if (Math.abs(now - signed.at) > RENEW_MILLIS) {
      signed = new Signed(sign(), now);
      current = signed;
    }
    return signed.token;
  }

  JWTAuth auth() {
    return auth;
  }

  private String sign() {
    return auth.generateToken(
        new JsonObject(),
        new JWTOptions()
            .setAlgorithm(ALGORITHM)
            .setIssuer(ISSUER_PREFIX + name)
            .setSubject(name)
            .addAudience(AUDIENCE)
            .setExpiresInSeconds(LIFETIME_SECONDS));
  }

  private record Signed(String token, long at) {}
}
