package org.tradepost.product.settlement;

import org.tradepost.common.contract.product.Fate;

/** The states of a hold, and the state that each fate of its order leads to. */
public enum HoldState {
  /** Pieces are reserved, and the order's fate is not known. */
  HELD,
  /** The pieces are sold. */
  COMMITTED,
  /** The pieces were never sold. */
  RELEASED,
  /** The pieces were sold and came back. */
  RETURNED;

  /** Returns the state that a fate leads to; the same state if nothing changes. */
  HoldState after(Fate fate) {
    return switch (this) {
      case HELD -> fate == Fate.PLACED ? COMMITTED : RELEASED;
      case COMMITTED -> fate == Fate.CANCELLED ? RETURNED : COMMITTED;
      case RELEASED, RETURNED -> this;
    };
  }
}
