package org.tradepost.platform.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.tradepost.common.contract.auth.AuthContract;
import org.tradepost.common.identity.Trust;
import org.tradepost.common.identity.TrustedKeys;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;

/**
 * Replaces the authentication service in tests of other services: signs real tokens and publishes
 * its key.
 */
public final class TestTokens {

  private static final String KEY_ID = "test";

  private final ClusterNode node;
  private final KeyPair keys;
  private final List<String> revoked = new CopyOnWriteArrayList<>();

  private TestTokens(ClusterNode node, KeyPair keys) {
    this.node = node;
    this.keys = keys;
  }

  /** Serves {@link AuthContract#TRUST} on the node, which knows the key when this returns. */
  public static TestTokens serve(ClusterNode node) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var tokens = new TestTokens(node, generator.generateKeyPair());
      var service =
          new Service(node, ApiDescription.load("auth-for-tests"))
              .serve(AuthContract.TRUST, (request, call) -> Future.succeededFuture(tokens.trust()));
      TestNode.await(node.deploy(new TestService(service)));
      awaitKeys(node);
      return tokens;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until a node knows keys, which may need more than one request on a busy machine. */
  public static void awaitKeys(ClusterNode node) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              TestNode.await(node.trustedKeys().refresh());
              return node.trustedKeys().isKnown();
            });
  }

  public String admin() {
    return token(UUID.randomUUID().toString(), Set.of("admin"));
  }

  public String customer(String subject) {
    return token(subject, Set.of("customer"));
  }

  public String token(String subject, Set<String> roles) {
    return token(subject, roles, UUID.randomUUID().toString(), Instant.now().plusSeconds(900));
  }

  /** A token with the given claims. */
  public String token(String subject, Set<String> roles, String session, Instant expiresAt) {
    return token(subject, roles, session, new JsonObject().put("exp", expiresAt.getEpochSecond()));
  }

  /**
   * A token with the given claims.
   *
   * @param times when it expires, and other claims about time
   */
  public String token(String subject, Set<String> roles, String session, JsonObject times) {
    var header = new JsonObject().put("alg", "RS256").put("typ", "at+jwt").put("kid", KEY_ID);
    var claims =
        new JsonObject()
            .put("iss", TrustedKeys.ISSUER)
            .put("aud", TrustedKeys.AUDIENCE)
            .put("sub", subject)
            .put("roles", List.copyOf(roles))
            .put("sid", session)
            .put("jti", UUID.randomUUID().toString())
            .put("iat", Instant.now().getEpochSecond())
            .mergeIn(times);
    var signed = base64(header.encode()) + "." + base64(claims.encode());
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends a session; the node knows of it when this returns. */
  public void revoke(String session) {
    revoked.add(session);
    // Twice, because a refresh that began before may be in flight.
    TestNode.await(node.trustedKeys().refresh());
    TestNode.await(node.trustedKeys().refresh());
  }

  private Trust trust() {
    var key = (RSAPublicKey) keys.getPublic();
    var jwk =
        new JsonObject()
            .put("kty", "RSA")
            .put("alg", "RS256")
            .put("use", "sig")
            .put("kid", KEY_ID)
            .put("n", base64(unsigned(key.getModulus().toByteArray())))
            .put("e", base64(unsigned(key.getPublicExponent().toByteArray())));
    return new Trust(List.of(WireJson.read(jwk.encode(), JsonNode.class)), List.copyOf(revoked));
  }

  private static byte[] unsigned(byte[] bytes) {
    return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
