package org.tradepost.common.contract.product;

/** What became of an order as far as its stock is concerned. */
public enum Fate {
  /** It was written: the pieces are sold. */
  PLACED,
  /** It was cancelled: the pieces come back. */
  CANCELLED,
  /** It was never written and never will be: the pieces were never sold. */
  ABANDONED
}
