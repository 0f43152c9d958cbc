package org.tradepost.common.identity;

import java.time.Instant;
import java.util.Set;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/**
 * The caller, as a verified token names it.
 *
 * @param kind what kind of caller it is
 * @param subject the account's id, the service's name, or empty when anonymous
 * @param roles what the account may do beyond its own affairs
 * @param session the session the token belongs to; empty but for users
 * @param expiresAt when the token ends
 */
public record Caller(
    Kind kind, String subject, Set<String> roles, String session, Instant expiresAt) {

  /** The kinds of callers. */
  public enum Kind {
    ANONYMOUS,
    USER,
    SERVICE
  }

  public static final String ADMIN = "admin";

  public static final Caller ANONYMOUS = new Caller(Kind.ANONYMOUS, "", Set.of(), "", Instant.MAX);

  public boolean isUser() {
    return kind == Kind.USER;
  }

  public boolean isAdmin() {
    return isUser() && roles.contains(ADMIN);
  }

  /**
   * Whether this is another service.
   *
   * @throws ServiceException {@code UNAUTHENTICATED}
   */
  public void requireService() {
    if (kind != Kind.SERVICE) {
      throw new ServiceException(CommonError.UNAUTHENTICATED, "A service token is required");
    }
  }

  /**
   * This caller, which must not be a service.
   *
   * @throws ServiceException {@code UNAUTHENTICATED}
   */
  public Caller requireUser() {
    if (kind == Kind.SERVICE) {
      throw new ServiceException(CommonError.UNAUTHENTICATED, "A user's token is required");
    }
    return this;
  }
}
