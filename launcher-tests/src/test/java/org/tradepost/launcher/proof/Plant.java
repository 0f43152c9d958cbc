package org.tradepost.launcher.proof;

import org.tradepost.proof.audit.Invariant;

/**
 * One way to break one invariant.
 *
 * @param id the name of the order or product that the audit is to name, see {@link HealthyShop}
 * @param orders what damages the order database; blank if nothing does
 * @param product the same for the product database
 */
record Plant(Invariant invariant, String what, String id, String orders, String product) {

  static Plant inOrders(Invariant invariant, String what, String id, String sql) {
    return new Plant(invariant, what, id, sql, "");
  }

  static Plant inProduct(Invariant invariant, String what, String id, String sql) {
    return new Plant(invariant, what, id, "", sql);
  }

  static Plant inBoth(Invariant invariant, String what, String id, String orders, String product) {
    return new Plant(invariant, what, id, orders, product);
  }

  @Override
  public String toString() {
    return invariant + ", " + what;
  }
}
