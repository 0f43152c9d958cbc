package org.tradepost.common.contract.auth;

import org.tradepost.common.error.ErrorCode;

/** The error codes that only the authentication service has. */
public enum AuthError implements ErrorCode {
  INVALID_CREDENTIALS(401, "Email and password do not belong together"),
  INVALID_REFRESH_TOKEN(401, "The refresh token is not valid"),
  EMAIL_TAKEN(409, "An account has this email"),
  LAST_ADMINISTRATOR(409, "There must remain an administrator"),
  TOO_MANY_ATTEMPTS(429, "Too many failed attempts; wait before the next");

  private final int status;
  private final String title;

  AuthError(int status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
