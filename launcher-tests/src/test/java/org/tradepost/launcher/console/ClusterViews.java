package org.tradepost.launcher.console;

import org.junit.jupiter.api.Test;

/** The cluster, read every second. */
abstract class ClusterViews extends ConsoleViews {
  @Test
  void the_cluster_is_seen_alive() {
    browser.go("orders");
    browser.go("cluster");
    browser.see("gateway-1");
    browser.see("closed");
    shop.get("/v1/products");
    browser.see("Mean time");
    browser.see("Break it");
    browser.see("guestbook-1");
    for (var part :
        new String[] {"480", "holds to write", "undelivered", "0.1.0", "product 1.0.0"}) {
      browser.see(part);
    }
    browser.see("No reply from");
    browser.inspect("cluster");
  }
}
