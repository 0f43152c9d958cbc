package org.tradepost.product;

import org.tradepost.platform.service.ServiceMain;

/** Starts the product service alone as a node of the cluster. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    ServiceMain.run("product", ProductConfig::from, ProductVerticle::new);
  }
}
