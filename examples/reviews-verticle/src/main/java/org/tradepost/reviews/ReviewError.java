package org.tradepost.reviews;

import org.tradepost.common.error.ErrorCode;

/** The error codes that only the reviews service has. */
public enum ReviewError implements ErrorCode {
  NOT_BOUGHT(422, "Only a product that was bought can be reviewed");

  private final int status;
  private final String title;

  ReviewError(int status, String title) {
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
