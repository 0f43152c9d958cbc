package org.tradepost.system;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.tradepost.common.identity.TrustedKeys;

/**
 * Any number of customers. They neither register nor log in, each of which costs a password hash.
 * Their tokens are signed with the key of the authentication service, read from its database.
 */
final class Customers {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String keyId;
  private final PrivateKey key;

  Customers(ShopDatabases databases) {
    keyId = databases.text("auth", "select kid from signing_key");
    var pkcs8 = databases.text("auth", "select encode(private_key, 'base64') from signing_key");
    try {
      key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pkcs8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The access tokens of {@code count} more customers. */
  List<String> next(int count) {
    return IntStream.range(0, count).parallel().mapToObj(i -> next()).toList();
  }

  /** The access token of one more customer. */
  String next() {
    var now = Instant.now().getEpochSecond();
    var header = new JsonObject().put("alg", "RS256").put("typ", "at+jwt").put("kid", keyId);
    var claims =
        new JsonObject()
            .put("iss", TrustedKeys.ISSUER)
            .put("aud", TrustedKeys.AUDIENCE)
            .put("sub", UUID.randomUUID().toString())
            .put("roles", List.of("customer"))
            .put("sid", UUID.randomUUID().toString())
            .put("iat", now)
            .put("exp", now + 900);
    var signed = base64(header) + "." + base64(claims);
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(JsonObject json) {
    return BASE64.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
  }
}
