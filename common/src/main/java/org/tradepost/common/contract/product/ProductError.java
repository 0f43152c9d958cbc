package org.tradepost.common.contract.product;

import org.tradepost.common.error.ErrorCode;

/**
 * The error codes that only the product service has; those of a hold reach clients through the
 * order service.
 */
public enum ProductError implements ErrorCode {
  SKU_TAKEN(409, "The SKU is already in use"),
  PRODUCT_HELD(409, "Pieces of the product are held for orders"),
  PRODUCT_ARCHIVED(409, "The product is archived"),
  OUT_OF_STOCK(409, "There is not enough stock"),
  STOCK_BELOW_RESERVED(409, "The adjustment would leave less stock than is reserved"),
  PRICE_CHANGED(409, "The price differs from the expected price"),
  UNKNOWN_PRODUCT(422, "There is no such product"),
  MIXED_CURRENCIES(422, "All lines of an order must have the same currency"),
  AMOUNT_TOO_LARGE(422, "The amount is too large");

  private final int status;
  private final String title;

  ProductError(int status, String title) {
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
