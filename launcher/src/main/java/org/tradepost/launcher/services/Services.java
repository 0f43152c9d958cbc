package org.tradepost.launcher.services;

import java.util.List;

/** The services that the launcher can start. */
public final class Services {
  /** In the order in which they are started; they are stopped in the reverse order. */
  public static final List<String> NAMES = List.of("auth", "product", "order", "gateway");

  private Services() {}
}
