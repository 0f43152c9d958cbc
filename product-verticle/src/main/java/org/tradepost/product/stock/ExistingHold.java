package org.tradepost.product.stock;

import org.tradepost.common.contract.product.StockContract.Hold;

/**
 * A hold that is there already, in whatever state.
 *
 * @param fingerprint of the request that made it
 * @param hold what that request was answered
 */
record ExistingHold(String fingerprint, Hold hold) {

  /** Whether it was settled so long ago that nothing else is left of it. */
  boolean isBare() {
    return hold.lines().isEmpty();
  }
}
