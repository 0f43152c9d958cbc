package org.tradepost.gateway;

import org.tradepost.platform.service.ServiceMain;

/** Starts the gateway alone as a node of the cluster. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    ServiceMain.run("gateway", GatewayConfig::from, GatewayVerticle::new);
  }
}
