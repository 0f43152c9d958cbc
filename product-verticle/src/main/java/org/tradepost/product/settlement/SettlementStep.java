package org.tradepost.product.settlement;

import java.util.UUID;

/**
 * One hold's change of state, and what it does to the stock of each of its lines.
 *
 * @param reason the reason in the ledger
 * @param onHand how many times the quantity is added to what is on hand
 * @param reserved how many times the quantity is added to what is reserved
 */
record SettlementStep(UUID orderId, HoldState state, String reason, int onHand, int reserved) {

  /** The step into a state, of which there is one way. */
  static SettlementStep into(HoldState state, UUID orderId) {
    return switch (state) {
      case COMMITTED -> new SettlementStep(orderId, state, "sold", -1, -1);
      case RELEASED -> new SettlementStep(orderId, state, "released", 0, -1);
      case RETURNED -> new SettlementStep(orderId, state, "returned", 1, 0);
      case HELD -> throw new IllegalArgumentException("no step leads back to HELD");
    };
  }
}
