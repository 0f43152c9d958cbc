package org.tradepost.common.error;

/**
 * Every way in which a request can be refused, over REST and over the bus alike.
 *
 * <p>The name is the stable {@code code} that clients see; the status is the HTTP status it
 * becomes. Codes are only ever added.
 */
public enum ErrorCode {
  MALFORMED_JSON(400, "The body is not well-formed JSON"),
  INVALID_REQUEST(400, "The request does not follow the contract"),
  INVALID_CURSOR(400, "The cursor is not one that this listing gave"),
  UNAUTHENTICATED(401, "A valid token is required"),
  INVALID_CREDENTIALS(401, "Email and password do not belong together"),
  INVALID_REFRESH_TOKEN(401, "The refresh token is not valid"),
  FORBIDDEN(403, "The token does not allow this"),
  NOT_FOUND(404, "There is nothing here, or nothing that the token may see"),
  METHOD_NOT_ALLOWED(405, "The path does not know this method"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  CONFLICT(409, "The request conflicts with the present state"),
  EMAIL_TAKEN(409, "An account has this email"),
  SKU_TAKEN(409, "A product has this SKU"),
  LAST_ADMINISTRATOR(409, "There must remain an administrator"),
  PRODUCT_HELD(409, "Pieces of the product are held for orders"),
  PRODUCT_ARCHIVED(409, "The product is archived"),
  OUT_OF_STOCK(409, "There is not enough stock"),
  STOCK_BELOW_RESERVED(409, "The adjustment would take more pieces than there are to take"),
  PRICE_CHANGED(409, "The price is not the expected one"),
  WRONG_STATE(409, "The order's state does not allow this"),
  ORDER_ABANDONED(409, "The attempt with this key expired; use a new key"),
  CURSOR_GONE(
      410, "Events after the cursor have been removed; begin with the oldest that are kept"),
  PRECONDITION_FAILED(412, "The resource has changed since it was read"),
  PAYLOAD_TOO_LARGE(413, "The body is too large"),
  URI_TOO_LONG(414, "The request line is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The content type is not one that the operation takes"),
  IDEMPOTENCY_MISMATCH(422, "The idempotency key was used with another request"),
  UNKNOWN_PRODUCT(422, "There is no such product"),
  MIXED_CURRENCIES(422, "An order has one currency"),
  AMOUNT_TOO_LARGE(422, "The amount is beyond what can be represented"),
  PRECONDITION_REQUIRED(428, "The header If-Match is required"),
  TOO_MANY_ATTEMPTS(429, "Too many failed attempts; wait before the next"),
  TOO_MANY_REQUESTS(429, "Too many requests; wait before the next"),
  HEADERS_TOO_LARGE(431, "The request's header fields are too large"),
  INTERNAL(500, "Something went wrong that should not have"),
  NOT_IMPLEMENTED(501, "The method or the transfer coding is not supported"),
  UNAVAILABLE(503, "A part of the system is away; whether the request took effect is unknown"),
  OVERLOADED(503, "There is more work than can be done in time; nothing was changed"),
  HTTP_VERSION_NOT_SUPPORTED(505, "The version of HTTP is not supported");

  private final int status;
  private final String title;

  ErrorCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status, 400 to 599. */
  public int status() {
    return status;
  }

  /** One sentence, without a full stop, that is the same for every occurrence. */
  public String title() {
    return title;
  }

  /**
   * Whether the client caused it: such a failure says nothing about the health of the service that
   * reports it.
   */
  public boolean isBusiness() {
    return status < 500;
  }
}
