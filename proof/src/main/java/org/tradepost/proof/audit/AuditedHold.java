package org.tradepost.proof.audit;

import java.util.Optional;

/**
 * A hold as the product database has it.
 *
 * @param expired whether its expiry has passed by that database's clock
 * @param remains what remains of its lines if they were removed
 */
record AuditedHold(
    String orderId,
    String state,
    String fingerprint,
    String lines,
    boolean expired,
    Optional<Remains> remains) {

  /**
   * What is left where lines were removed.
   *
   * @param early whether they were removed sooner than any setting allows
   * @param sold what the ledger has of each product for the order
   * @param returned what of that came back
   */
  record Remains(boolean early, String sold, String returned) {

    /** Whether the ledger has exactly what a hold in this state does with these pieces. */
    boolean isConsistentWith(String state, String pieces) {
      return sold.equals(state.equals("RELEASED") ? "" : pieces)
          && returned.equals(state.equals("RETURNED") ? pieces : "");
    }
  }

  boolean isHeld() {
    return state.equals("HELD");
  }
}
