package org.tradepost.common.contract.product;

import org.tradepost.common.error.ErrorCode;

/**
 * The error codes that only the product service has; those of a hold reach clients through the
 * order service.
 */
public enum ProductError implements ErrorCode {
  SKU_TAKEN(409, "A product has this SKU"),
  PRODUCT_HELD(409, "Pieces of the product are held for orders"),
  PRODUCT_ARCHIVED(409, "The product is archived"),
  OUT_OF_STOCK(409, "There is not enough stock"),
  STOCK_BELOW_RESERVED(409, "The adjustment would take more pieces than there are to take"),
  PRICE_CHANGED(409, "The price is not the expected one"),
  UNKNOWN_PRODUCT(422, "There is no such product"),
  MIXED_CURRENCIES(422, "An order has one currency"),
  AMOUNT_TOO_LARGE(422, "The amount is beyond what can be represented");

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
