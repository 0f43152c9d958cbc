package org.tradepost.auth.sessions;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A refresh token: 256 random bits, and their hash. Only the hash is stored.
 *
 * @param text what the client holds
 * @param hash SHA-256 of the text
 */
record RefreshToken(String text, Buffer hash) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  /** Creates a token. */
  static RefreshToken random() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Returns the token that a client sent. */
  static RefreshToken of(String text) {
    return new RefreshToken(text, Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
