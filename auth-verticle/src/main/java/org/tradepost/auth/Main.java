package org.tradepost.auth;

import org.tradepost.platform.service.ServiceMain;

/** Starts the authentication service alone, as a cluster node. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    ServiceMain.run("auth", AuthConfig::from, AuthVerticle::new);
  }
}
