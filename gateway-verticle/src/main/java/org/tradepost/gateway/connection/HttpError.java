package org.tradepost.gateway.connection;

import org.tradepost.common.error.ErrorCode;

/** Errors of HTTP itself for which a request is rejected; they are never sent over the bus. */
public enum HttpError implements ErrorCode {
  METHOD_NOT_ALLOWED(405, "The path does not support this method"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  PAYLOAD_TOO_LARGE(413, "The body is too large"),
  URI_TOO_LONG(414, "The request line is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The operation does not accept this content type"),
  HEADERS_TOO_LARGE(431, "The request's header fields are too large"),
  NOT_IMPLEMENTED(501, "The method or the transfer coding is not supported"),
  HTTP_VERSION_NOT_SUPPORTED(505, "The version of HTTP is not supported");

  private final int status;
  private final String title;

  HttpError(int status, String title) {
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
