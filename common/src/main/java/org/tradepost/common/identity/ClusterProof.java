package org.tradepost.common.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that something which passed through the cluster was written by a node with the cluster
 * secret: an HMAC-SHA256 (RFC 2104) of a purpose and a text.
 *
 * <p>The key is derived from the secret, so that no proof can pass for a service token, which is
 * signed with the secret itself.
 */
public final class ClusterProof {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String KEY_PURPOSE = "tradepost/cluster-proof";

  private final SecretKeySpec key;

  /**
   * @param secret the cluster secret
   */
  public ClusterProof(String secret) {
    var derived = hmac(new SecretKeySpec(bytes(secret), ALGORITHM), bytes(KEY_PURPOSE));
    this.key = new SecretKeySpec(derived, ALGORITHM);
  }

  /**
   * Returns the proof of a text.
   *
   * @param purpose what the text is for, so that a proof for one purpose is invalid for another
   */
  public String of(String purpose, String text) {
    return Base64.getEncoder().encodeToString(hmac(key, bytes(purpose + "\n" + text)));
  }

  /**
   * Whether a proof is valid for this text and purpose.
   *
   * @param proof what came with the text, or null if nothing did
   */
  public boolean holds(String purpose, String text, String proof) {
    return text != null
        && proof != null
        && MessageDigest.isEqual(bytes(of(purpose, text)), bytes(proof));
  }

  private static byte[] hmac(SecretKeySpec key, byte[] text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, missing);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
