package org.tradepost.common.contract.order;

import org.tradepost.common.error.ErrorCode;

/** The error codes that only the order service has. */
public enum OrderError implements ErrorCode {
  WRONG_STATE(409, "The order's state does not allow this"),
  ORDER_ABANDONED(409, "The attempt with this key expired; use a new key"),
  NOT_PARKED(409, "The event is not parked");

  private final int status;
  private final String title;

  OrderError(int status, String title) {
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
