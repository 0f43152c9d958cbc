package org.tradepost.product.stock;

import org.tradepost.common.contract.product.StockContract.Hold;

/**
 * A hold that exists, in any state.
 *
 * @param fingerprint of the request that made it
 * @param hold the response to that request
 */
record ExistingHold(String fingerprint, Hold hold) {

  /** Whether it was settled so long ago that its lines were removed. */
  boolean isBare() {
    return hold.lines().isEmpty();
  }
}
