package org.tradepost.proof.audit;

/**
 * An order as the order database has it.
 *
 * @param pieces what its lines make of each product
 * @param placing whether the product service has yet to learn that it was placed
 * @param cancelling whether the product service has yet to learn that it was cancelled
 * @param discarded whether one of these was discarded, so that the product service never learns it
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

  /** Its status, and how much of it product has acknowledged. */
  String words() {
    if (isTombstone() || placing || cancelling) {
      return status;
    }
    return status + (discarded ? " and discarded" : " and settled");
  }

  /**
   * Whether the order's hold may be in this state. How long a settlement may be on its way is not
   * asked here but of the event that waits.
   */
  boolean allows(AuditedHold hold) {
    return switch (status) {
      case "PLACED", "SHIPPED", "DELIVERED" ->
          hold.state().equals("COMMITTED") || (hold.isHeld() && placing);
      case "CANCELLED" ->
          cancelling || hold.state().equals("RELEASED") || hold.state().equals("RETURNED");
      // An expired one is about to be released, and is checked as such.
      case "ABANDONED" -> hold.state().equals("RELEASED") || (hold.isHeld() && hold.expired());
      default -> false;
    };
  }

  /** Whether a hold of which only the row is left may belong to this order. */
  boolean allowsRemovalOfLines() {
    return !status.equals("PLACED");
  }
}
