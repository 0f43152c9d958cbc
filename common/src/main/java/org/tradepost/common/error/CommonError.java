package org.tradepost.common.error;

/** The error codes that any service may return. */
public enum CommonError implements ErrorCode {
  MALFORMED_JSON(400, "The body is not well-formed JSON"),
  INVALID_REQUEST(400, "The request is invalid"),
  INVALID_CURSOR(400, "The cursor does not belong to this listing"),
  UNAUTHENTICATED(401, "A valid token is required"),
  FORBIDDEN(403, "The token does not allow this"),
  NOT_FOUND(404, "The resource does not exist, or the token gives no access to it"),
  CONFLICT(409, "The request conflicts with the current state"),
  CURSOR_GONE(
      410, "Events after the cursor have been removed; begin with the oldest that are kept"),
  PRECONDITION_FAILED(412, "The resource has changed since it was read"),
  IDEMPOTENCY_MISMATCH(422, "The idempotency key was used for a different request"),
  PRECONDITION_REQUIRED(428, "The header If-Match is required"),
  TOO_MANY_REQUESTS(429, "Too many requests; wait before the next"),
  INTERNAL(500, "An unexpected error occurred"),
  UNAVAILABLE(
      503, "A part of the system is unavailable; whether the request took effect is unknown"),
  OVERLOADED(503, "The system is overloaded; nothing was changed");

  private final int status;
  private final String title;

  CommonError(int status, String title) {
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
