package org.tradepost.launcher.audit;

/**
 * A hold as the product database has it.
 *
 * @param expired whether its expiry has passed by that database's clock
 */
record HoldState(String orderId, String state, String fingerprint, String lines, boolean expired) {

  boolean isHeld() {
    return state.equals("HELD");
  }
}
