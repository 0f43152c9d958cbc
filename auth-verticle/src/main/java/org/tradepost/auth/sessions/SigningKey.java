package org.tradepost.auth.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.tradepost.common.identity.TrustedKeys;
import org.tradepost.common.json.WireJson;

/**
 * An RSA key that signs access tokens.
 *
 * @param kid the key's id, the thumbprint of the public key (RFC 7638)
 * @param jwk the public key alone
 */
public record SigningKey(String kid, JsonNode jwk, PrivateKey privateKey) {

  private static final int BITS = 2048;

  /** Creates a key, which takes a large part of a second. */
  public static SigningKey generate() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(BITS);
    var pair = generator.generateKeyPair();
    var publicKey = (RSAPublicKey) pair.getPublic();
    var modulus = base64(publicKey.getModulus());
    var exponent = base64(publicKey.getPublicExponent());
    var kid = thumbprint(modulus, exponent);
    var jwk =
        JsonNodeFactory.instance
            .objectNode()
            .put("kty", "RSA")
            .put("use", "sig")
            .put("alg", TrustedKeys.ALGORITHM)
            .put("kid", kid)
            .put("n", modulus)
            .put("e", exponent);
    return new SigningKey(kid, jwk, pair.getPrivate());
  }

  /** Reads a stored key. */
  static SigningKey read(String kid, String jwk, byte[] pkcs8) {
    try {
      return new SigningKey(
          kid,
          WireJson.read(jwk, JsonNode.class),
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key " + kid + " cannot be read", e);
    }
  }

  /** Signs with RS256, which takes more than a millisecond. */
  byte[] sign(byte[] bytes) throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(privateKey);
    signature.update(bytes);
    return signature.sign();
  }

  private static String thumbprint(String modulus, String exponent) {
    // RFC 7638 prescribes these members in this order.
    var canonical = "{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}".formatted(exponent, modulus);
    return base64(Sha256.of(canonical.getBytes(StandardCharsets.US_ASCII)).getBytes());
  }

  private static String base64(BigInteger number) {
    var bytes = number.toByteArray();
    return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
