package org.tradepost.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.AfterEach;
import org.tradepost.launcher.cluster.TestLocalCluster;

/** Tests of some views, in a browser in which the administrator is logged in. */
abstract class ConsoleViews {
  private static TestLocalCluster cluster;
  static ConsoleBrowser browser;
  static TestShop shop;

  /** Starts what all views share. */
  static void start() {
    assumeThat(ConsoleBrowser.isInstalled()).as("chromium and chromedriver are here").isTrue();
    cluster = TestLocalCluster.start();
    shop = new TestShop(cluster);
    browser = new ConsoleBrowser(cluster.url());
    browser.open();
    logInAsAdmin();
  }

  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (cluster != null) {
      cluster.requireNoSecretsInLogs();
      cluster.close();
    }
  }

  static void logInAsAdmin() {
    browser.logIn(TestLocalCluster.ADMIN, TestLocalCluster.ADMIN_PASSWORD);
    browser.see("Nodes up");
  }

  @AfterEach
  void nothing_went_wrong_in_the_browser() {
    assertThat(browser.faults()).isEmpty();
  }
}
