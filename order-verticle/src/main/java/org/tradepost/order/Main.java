package org.tradepost.order;

import org.tradepost.platform.service.ServiceMain;

/** Starts the order service as a node of its own. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    ServiceMain.run("order", OrderConfig::from, OrderVerticle::new);
  }
}
