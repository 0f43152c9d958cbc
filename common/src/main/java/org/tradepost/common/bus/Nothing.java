package org.tradepost.common.bus;

/** The request or the reply that has nothing to say. */
public record Nothing() {
  public static final Nothing NOTHING = new Nothing();
}
