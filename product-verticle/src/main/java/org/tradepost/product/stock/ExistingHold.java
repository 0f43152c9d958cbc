package org.tradepost.product.stock;

import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.contract.product.StockContract.HoldStock;

/**
 * A hold that exists, in any state.
 *
 * @param fingerprint the first half of the fingerprint of the request that made the hold
 * @param hold the response to that request
 */
record ExistingHold(String fingerprint, Hold hold) {

  boolean isFor(HoldStock request) {
    return request.fingerprint().startsWith(fingerprint);
  }

  /** Whether the hold was settled so long ago that its lines were removed. */
  boolean hasNoLines() {
    return hold.lines().isEmpty();
  }
}
