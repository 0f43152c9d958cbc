package org.tradepost.common.contract.auth;

import org.tradepost.common.error.ErrorCode;

/** The error codes that only the authentication service has. */
public enum AuthError implements ErrorCode {
  INVALID_CREDENTIALS(401, "Wrong email or password"),
  INVALID_REFRESH_TOKEN(401, "The refresh token is not valid"),
  EMAIL_TAKEN(409, "The email is already in use"),
  LAST_ADMINISTRATOR(409, "At least one administrator must remain"),
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
