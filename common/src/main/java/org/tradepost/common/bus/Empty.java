package org.tradepost.common.bus;

/** The request or the reply that has nothing to say. */
public record Empty() {
  public static final Empty NOTHING = new Empty();
}
