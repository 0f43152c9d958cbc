package org.tradepost.product.listing;

/** How many statements whose cost depends on the search one page may still send. */
final class StatementBudget {

  private int left;

  StatementBudget(int statements) {
    this.left = statements;
  }

  /** Takes one; false if none is left. */
  boolean take() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
