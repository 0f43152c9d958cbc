package org.tradepost.gateway;

import io.vertx.core.MultiMap;
import java.util.regex.Pattern;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;

/** The token of a request (RFC 6750). */
final class Bearer {

  private static final Pattern CREDENTIALS = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/=-]+)");

  private Bearer() {}

  /**
   * The token, not verified.
   *
   * @return null when there is none
   * @throws ServiceException {@code UNAUTHENTICATED} when there is something else in its place
   */
  static String token(MultiMap headers) {
    var sent = headers.getAll("Authorization");
    if (sent.isEmpty()) {
      return null;
    }
    var credentials = CREDENTIALS.matcher(sent.get(0).strip());
    if (sent.size() > 1 || !credentials.matches()) {
      throw new ServiceException(
          ErrorCode.UNAUTHENTICATED, "The header Authorization must be Bearer and a token");
    }
    return credentials.group(1);
  }
}
