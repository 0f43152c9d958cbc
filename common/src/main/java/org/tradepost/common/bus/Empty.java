package org.tradepost.common.bus;

/** A request or reply without content. */
public record Empty() {
  public static final Empty NOTHING = new Empty();
}
