package org.tradepost.proof.audit;

import java.util.Optional;

/**
 * A hold as the product database has it.
 *
 * @param expired whether its expiry has passed by the database's clock
 * @param removedLines what the ledger has of its lines if they were removed
 */
record AuditedHold(
    String orderId,
    String state,
    String fingerprint,
    String lines,
    boolean expired,
    Optional<RemovedLines> removedLines) {

  /**
   * What the ledger has of a hold whose lines were removed.
   *
   * @param early whether they were removed sooner than any setting allows
   * @param sold the pieces of each product that were sold to the order
   * @param returned the pieces of these that were returned
   */
  record RemovedLines(boolean early, String sold, String returned) {

    /** Whether the ledger has exactly what a hold of {@code pieces} in this state causes. */
    boolean isConsistentWith(String state, String pieces) {
      return sold.equals(state.equals("RELEASED") ? "" : pieces)
          && returned.equals(state.equals("RETURNED") ? pieces : "");
    }
  }

  boolean isHeld() {
    return state.equals("HELD");
  }
}
