package org.tradepost.benchmarks.subjects;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;

/** The key that the peer trusts, and tokens signed with it by RS256, as in Tradepost. */
final class PeerKey {
  private static final int BITS = 2048;
  private static final long LIFE_SECONDS = 4 * 3600;
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair pair;

  PeerKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public half as a PEM file. */
  String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** A token of a new customer. */
  String token() {
    var now = Instant.now().getEpochSecond();
    var signed =
        part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")
            + "."
            + part(
                String.format(
                    Locale.ROOT,
                    "{\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}",
                    UUID.randomUUID(),
                    now,
                    now + LIFE_SECONDS));
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String json) {
    return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
