package org.tradepost.launcher.audit;

/**
 * An order as the order database has it.
 *
 * @param placing whether product has not yet acknowledged that it was placed
 * @param cancelling whether product has not yet acknowledged that it was cancelled
 */
record OrderState(
    String id,
    String status,
    String fingerprint,
    String lines,
    boolean placing,
    boolean cancelling) {

  boolean isTombstone() {
    return status.equals("ABANDONED");
  }

  /** Whether product has acknowledged all that it must know. */
  boolean isSettled() {
    return !isTombstone() && !placing && !cancelling;
  }

  /**
   * Whether the order's hold may be in this state. How long a settlement may be on its way is not
   * asked here but of the event that waits.
   */
  boolean allows(HoldState hold) {
    return switch (status) {
      case "PLACED", "SHIPPED", "DELIVERED" ->
          hold.state().equals("COMMITTED") || (hold.isHeld() && placing);
      case "CANCELLED" ->
          cancelling || hold.state().equals("RELEASED") || hold.state().equals("RETURNED");
      // An expired one is about to be released, and is looked for as such.
      case "ABANDONED" -> hold.state().equals("RELEASED") || (hold.isHeld() && hold.expired());
      default -> false;
    };
  }
}
