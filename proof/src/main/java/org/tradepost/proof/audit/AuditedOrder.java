package org.tradepost.proof.audit;

/**
 * An order as the order database has it.
 *
 * @param pieces the pieces of each product in all its lines
 * @param placing whether the product service has yet to learn that it was placed
 * @param cancelling whether the product service has yet to learn that it was cancelled
 * @param discarded whether one of these events was discarded, so that the product service never
 *     learns of it
 */
record AuditedOrder(
    String id,
    String status,
    String fingerprint,
    String lines,
    String pieces,
    boolean placing,
    boolean cancelling,
    boolean discarded) {

  boolean isTombstone() {
    return status.equals("ABANDONED");
  }

  /** Its status; once no event waits, also whether it is settled or an event was discarded. */
  String description() {
    if (isTombstone() || placing || cancelling) {
      return status;
    }
    return status + (discarded ? " and discarded" : " and settled");
  }

  /**
   * Whether the order's hold may be in this state. How long a settlement may take is not checked
   * here, but for the waiting event.
   */
  boolean allows(AuditedHold hold) {
    return switch (status) {
      case "PLACED", "SHIPPED", "DELIVERED" ->
          hold.state().equals("COMMITTED") || (hold.isHeld() && placing);
      case "CANCELLED" ->
          cancelling || hold.state().equals("RELEASED") || hold.state().equals("RETURNED");
      // An expired hold is about to be released, and is checked separately.
      case "ABANDONED" -> hold.state().equals("RELEASED") || (hold.isHeld() && hold.expired());
      default -> false;
    };
  }

  /** Whether the lines of this order's hold may have been removed. */
  boolean allowsRemovalOfLines() {
    return !status.equals("PLACED");
  }
}
