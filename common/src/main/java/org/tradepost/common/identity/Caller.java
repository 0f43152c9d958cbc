package org.tradepost.common.identity;

import java.time.Instant;
import java.util.Set;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/**
 * The caller that a verified token names.
 *
 * @param kind what kind of caller it is
 * @param subject the account's id or the service's name; empty if anonymous
 * @param roles what the account may do beyond its own affairs
 * @param session the session that the token belongs to; empty unless the caller is a user
 * @param expiresAt when the token expires
 */
public record Caller(
    Kind kind, String subject, Set<String> roles, String session, Instant expiresAt) {

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
   * Returns this caller, which must be a service.
   *
   * @throws ServiceException {@code UNAUTHENTICATED}
   */
  public Caller requireService() {
    if (kind != Kind.SERVICE) {
      throw new ServiceException(CommonError.UNAUTHENTICATED, "A service token is required");
    }
    return this;
  }

  /**
   * Returns this caller, which must not be a service.
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
