package org.tradepost.auth.sessions;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.tradepost.common.identity.TrustedKeys;

/**
 * Signs access tokens as specified by RFC 9068. The type {@code at+jwt} prevents other JWTs from
 * being accepted as access tokens; Vert.x's own signing would write {@code JWT} there.
 */
public final class AccessTokens {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** One client id for all logins, since clients of the REST API need not register. */
  private static final String CLIENT = "tradepost";

  private final Vertx vertx;
  private final SigningKeys keys;
  private final Duration lifetime;

  public AccessTokens(Vertx vertx, SigningKeys keys, TokenLifetimes lifetimes) {
    this.vertx = vertx;
    this.keys = keys;
    this.lifetime = lifetimes.access();
  }

  /** Returns the key that signs tokens at present. */
  Future<SigningKey> key() {
    return keys.current();
  }

  /** Creates a signed token for a grant. */
  Future<String> sign(SigningKey key, Grant grant) {
    return vertx.executeBlocking(() -> sign(key, claims(grant)), false);
  }

  Duration lifetime() {
    return lifetime;
  }

  private JsonObject claims(Grant grant) {
    var issued = grant.at().getEpochSecond();
    return new JsonObject()
        .put("iss", TrustedKeys.ISSUER)
        .put("aud", TrustedKeys.AUDIENCE)
        .put("sub", grant.account().toString())
        .put("client_id", CLIENT)
        .put("roles", grant.roles())
        .put("sid", grant.session().toString())
        .put("jti", UUID.randomUUID().toString())
        .put("iat", issued)
        .put("exp", issued + lifetime.toSeconds());
  }

  private static String sign(SigningKey key, JsonObject claims) throws GeneralSecurityException {
    var header =
        new JsonObject()
            .put("alg", TrustedKeys.ALGORITHM)
            .put("typ", "at+jwt")
            .put("kid", key.kid());
    var content = base64(header) + "." + base64(claims);
    return content
        + "."
        + BASE64.encodeToString(key.sign(content.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String base64(JsonObject json) {
    return BASE64.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
  }
}
