package org.tradepost.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.tradepost.launcher.cluster.TestLocalCluster;

/** Login: who is let in, for how long, and by keyboard alone. */
abstract class LoginViews extends ConsoleViews {
  @Test
  void a_customer_is_rejected_in_words_and_sees_nothing() {
    var email = shop.newAccount("Ada");
    browser.inAnotherWindow(
        () -> {
          browser.logIn(email, TestShop.CUSTOMER_PASSWORD);
          browser.see("This account is not an administrator");
          assertThat(browser.text()).doesNotContain("Cluster", "Orders");
          browser.inspect("login");
        });
  }

  @Test
  void an_expired_token_is_refreshed_and_an_ended_session_asks_for_login() {
    var number = shop.order().path("number").asText();
    browser.inAnotherWindow(
        () -> {
          logInAsAdmin();
          browser.run(
              """
              const real = fetch;
              let rejected = false;
              window.fetch = (path, init) => {
                if (rejected || path.includes('/auth/')) return real(path, init);
                rejected = true;
                return Promise.resolve(new Response('{}', {status: 401}));
              }
              """);
          browser.go("orders");
          browser.see(number);
          var sessions = "/v1/users/" + shop.get("/v1/auth/me").path("id").asText() + "/sessions";
          shop.delete(sessions + "/" + shop.get(sessions).at("/items/0/id").asText());
          browser.go("cluster");
          browser.see("The session has ended. Log in again.");
        });
  }

  @Test
  void an_address_that_is_malformed_leads_to_the_cluster() {
    browser.inAnotherWindow(
        () -> {
          browser.see("Log in");
          browser.go("orders/%");
          logInAsAdmin();
        });
  }

  @Test
  void everything_is_reached_by_keyboard() {
    browser.inAnotherWindow(
        () -> {
          browser.see("Log in");
          browser.press(TestLocalCluster.ADMIN, Keys.TAB);
          browser.press(TestLocalCluster.ADMIN_PASSWORD, Keys.ENTER);
          browser.see("Nodes up");
          browser.focus("Catalogue", Keys.chord(Keys.SHIFT, Keys.TAB));
          browser.press(Keys.ENTER);
          browser.see("Brass lamp");
          browser.focus("New product", Keys.TAB);
          browser.press(Keys.ENTER);
          browser.see("Pieces in stock");
          browser.press(Keys.ESCAPE);
          browser.seeNot("Pieces in stock");
          assertThat(browser.focused()).isEqualTo("New product");
        });
  }
}
