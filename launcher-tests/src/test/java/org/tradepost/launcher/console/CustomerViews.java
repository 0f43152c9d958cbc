package org.tradepost.launcher.console;

import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.tradepost.launcher.cluster.TestLocalCluster;

/** Customers: found, promoted, disabled, and their sessions ended. */
abstract class CustomerViews extends ConsoleViews {
  @Test
  void a_customer_is_found_promoted_and_disabled() {
    var email = shop.newAccount("Grace");
    var token = shop.logIn(email);
    browser.go("customers");
    browser.see(email);
    browser.inspect("customers");
    browser.fill("Email", "x".repeat(255));
    browser.click("Find");
    browser.seeInView("The request is invalid");
    browser.seeNot(email);
    browser.fill("Email", email);
    browser.click("Find");
    browser.click(email);
    browser.see("Last used");
    browser.inspect("customer");
    browser.click("End");
    browser.see("Nobody is logged in.");
    await().until(() -> !shop.accepts(token));
    browser.click("Make an administrator");
    browser.see("This ends all sessions");
    browser.inspect("customer-role");
    browser.click("Give the role");
    browser.see("admin, customer");
    browser.click("Disable");
    browser.see("This ends all sessions");
    browser.inspect("customer-disable");
    browser.click("Disable");
    browser.see("The account is disabled.");
    browser.see("Enable");
  }

  @Test
  void sessions_that_cannot_be_read_show_why_beside_the_account() {
    browser.inAnotherWindow(
        () -> {
          logInAsAdmin();
          browser.cutOff("/sessions");
          browser.go("customers/" + shop.get("/v1/auth/me").path("id").asText());
          browser.seeInView("No network.");
          browser.seeInView(TestLocalCluster.ADMIN);
        });
  }
}
