package org.tradepost.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.BitSet;
import java.util.Optional;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/**
 * The bearer token of a request (RFC 6750). Checked character by character, since a regular
 * expression took a tenth of the processor time of an order.
 */
public final class Bearer {

  private static final String SCHEME = "Bearer ";
  private static final BitSet OF_TOKENS = new BitSet();

  static {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~+/=-"
        .chars()
        .forEach(OF_TOKENS::set);
  }

  private Bearer() {}

  /**
   * Returns the token without verifying it.
   *
   * @return empty if there is none
   * @throws ServiceException {@code UNAUTHENTICATED} if the header field holds anything else
   */
  public static Optional<String> token(MultiMap headers) {
    var sent = headers.getAll(HttpHeaders.AUTHORIZATION);
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    var credentials = sent.get(0).strip();
    var start = start(credentials);
    if (sent.size() > 1 || !isToken(credentials, start)) {
      throw new ServiceException(
          CommonError.UNAUTHENTICATED, "The header Authorization must be Bearer and a token");
    }
    return Optional.of(credentials.substring(start));
  }

  /** Whether a token was sent, valid or not. */
  static boolean isSent(MultiMap headers) {
    var sent = headers.get(HttpHeaders.AUTHORIZATION);
    return sent != null && start(sent.strip()) < sent.strip().length();
  }

  /** Returns where the token begins, or the end of the text if there is no bearer scheme. */
  private static int start(String credentials) {
    if (!credentials.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return credentials.length();
    }
    var start = SCHEME.length();
    while (start < credentials.length() && credentials.charAt(start) == ' ') {
      start++;
    }
    return start;
  }

  private static boolean isToken(String credentials, int start) {
    for (var i = start; i < credentials.length(); i++) {
      if (!OF_TOKENS.get(credentials.charAt(i))) {
        return false;
      }
    }
    return start < credentials.length();
  }
}
