package org.tradepost.proof.audit;

/** What must be true of the databases; the documentation uses the same numbers. */
public enum Invariant {
  I1("0 <= reserved <= on hand for every product", false),
  I2("reserved is what the HELD lines hold", false),
  I3("on hand is the sum of the ledger, which has what settled holds sold and returned", false),
  I4("every order has its hold, in the state and with the lines of the order", true),
  I5("no hold is past its expiry, none lacks an order or a tombstone", true),
  I6("totals are quantity x price, at prices that the products had", false),
  I7("one order for a customer and key", false),
  I8("events are numbered 1..n and lead to the order's state", false),
  I9("no event waits longer than " + OrderChecks.MAX_EVENT_WAIT_SECONDS + " s", true);

  private final String text;
  private final boolean atRest;

  Invariant(String text, boolean atRest) {
    this.text = text;
    this.atRest = atRest;
  }

  /** The invariant in words. */
  public String text() {
    return text;
  }

  /** Whether it holds only at rest: work in flight may violate it for a moment. */
  public boolean isAtRest() {
    return atRest;
  }
}
