package org.tradepost.product.listing;

/** Limits the statements of one page whose cost depends on the search. */
final class StatementBudget {

  private int left;

  StatementBudget(int statements) {
    this.left = statements;
  }

  /** Takes one statement; false if none is left. */
  boolean take() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
