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

  @Test
  void a_gateway_that_does_not_reply_is_noticed_until_it_does() {
    browser.inAnotherWindow(
        () -> {
          logInAsAdmin();
          browser.run(
              """
              window.answering = fetch;
              window.fetch = (path, {signal}) =>
                new Promise((answer, fail) =>
                  signal?.addEventListener('abort', () => fail(signal.reason)));
              """);
          browser.see("The gateway does not say how the cluster is: ");
          browser.see("has sent nothing for 3 seconds");
          browser.run("window.fetch = answering");
          browser.seeNot("The gateway does not say how the cluster is");
        });
  }
}
