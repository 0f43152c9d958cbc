package org.tradepost.launcher.proof;

import org.tradepost.proof.audit.Invariant;

/**
 * One way to break one invariant.
 *
 * @param id the name of the order or product that the audit must report, see {@link
 *     ConsistentDatabases}
 * @param orders SQL that damages the order database, or blank
 * @param product SQL that damages the product database, or blank
 */
record Mutation(Invariant invariant, String what, String id, String orders, String product) {

  static Mutation inOrders(Invariant invariant, String what, String id, String sql) {
    return new Mutation(invariant, what, id, sql, "");
  }

  static Mutation inProduct(Invariant invariant, String what, String id, String sql) {
    return new Mutation(invariant, what, id, "", sql);
  }

  static Mutation inBoth(
      Invariant invariant, String what, String id, String orders, String product) {
    return new Mutation(invariant, what, id, orders, product);
  }

  @Override
  public String toString() {
    return invariant + ", " + what;
  }
}
