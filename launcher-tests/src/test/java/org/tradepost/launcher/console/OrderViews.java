package org.tradepost.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.tradepost.launcher.cluster.TestLocalCluster;

/** Orders: found, shipped, delivered and cancelled. */
abstract class OrderViews extends ConsoleViews {
  private String order;
  private String number;

  @BeforeEach
  void place() {
    var placed = shop.order();
    order = placed.path("id").asText();
    number = placed.path("number").asText();
  }

  @Test
  void an_order_is_found_and_goes_its_way() {
    browser.go("orders");
    browser.see(number);
    browser.inspect("orders");
    browser.fill("Number", number.replaceFirst("TP-0*", ""));
    browser.click("Find");
    browser.seeAddress("#/orders?number=" + number.replaceFirst("TP-0*", ""));
    browser.click(number);
    browser.see("Stock sold");
    browser.click("Ship");
    browser.fill("Carrier", "DHL");
    browser.fill("Tracking number", "JD0146");
    browser.inspect("order-ship");
    browser.press(Keys.ENTER);
    browser.see("DHL JD0146");
    browser.see("The order is shipped.");
    browser.inspect("order");
    assertThat(browser.addressOf("Trace ")).matches(TestLocalCluster.TRACES + "[0-9a-f]{32}");
    browser.click("Mark as delivered");
    browser.see("Was " + number + " delivered?");
    browser.inspect("order-deliver");
    browser.click("Mark as delivered");
    browser.see("Order delivered");
    assertThat(shop.get("/v1/orders/" + order).path("status").asText()).isEqualTo("DELIVERED");
  }

  @Test
  void a_search_that_fails_shows_why_instead_of_other_orders() {
    browser.go("orders");
    browser.see(number);
    browser.fill("Customer (email or id)", "nobody@customer.example");
    browser.click("Find");
    browser.seeInView("No customer has the email nobody@customer.example.");
    browser.seeNot(number);
    browser.inspect("orders-failed");
  }

  @Test
  void what_is_found_too_late_is_not_shown() {
    browser.inAnotherWindow(
        () -> {
          logInAsAdmin();
          browser.run(
              """
              const real = fetch;
              const none = {ok: true, headers: new Headers(), text: async () => '{"items": []}'};
              window.fetch = (path, init) =>
                path.includes('status=CANCELLED')
                  ? new Promise((answer) => (window.answerLate = () => answer(none)))
                  : real(path, init);
              """);
          browser.go("orders");
          browser.see(number);
          browser.fill("Status", "cancelled");
          browser.click("Find");
          browser.see("Reading …");
          browser.seeNot(number);
          browser.fill("Status", "any");
          browser.click("Find");
          browser.see(number);
          browser.run("answerLate()");
          assertThat(browser.text()).contains(number).doesNotContain("No order matches.");
        });
  }

  @Test
  void a_rejected_shipment_keeps_what_was_typed() {
    browser.go("orders/" + order);
    browser.click("Ship");
    browser.fill("Carrier", "x".repeat(300));
    browser.fill("Tracking number", "JD0147");
    browser.press(Keys.ENTER);
    browser.see("/carrier: ");
    browser.fill("Carrier", "DHL");
    browser.press(Keys.ENTER);
    browser.see("DHL JD0147");
  }

  @Test
  void an_order_is_cancelled_with_a_reason() {
    browser.go("orders/" + order);
    browser.see("Stock sold");
    browser.click("Cancel");
    browser.fill("Reason (the customer sees it)", "out of fashion");
    browser.inspect("order-cancel");
    browser.click("Cancel the order");
    browser.see("out of fashion");
    browser.go("orders?status=CANCELLED");
    browser.see(number);
  }

  @Test
  void an_order_that_moves_is_read_again_after_a_failure() {
    browser.inAnotherWindow(
        () -> {
          logInAsAdmin();
          browser.run(
              """
              const real = fetch;
              let reads = 0;
              window.fetch = async (path, init) => {
                const history = path.endsWith('/history');
                reads += history;
                if (history && reads === 2) throw new Error('No network.');
                const response = await real(path, init);
                return path.includes('/holds/') && reads < 3
                  ? Response.json({...await response.json(), state: 'HELD'})
                  : response;
              };
              """);
          browser.go("orders/" + order);
          browser.see("Stock held");
          browser.see("No network.");
          browser.see("Stock sold");
        });
  }

  @Test
  void the_timeline_has_what_became_of_the_stock() {
    browser.go("orders/" + order);
    browser.see("Stock sold");
    browser.click("Cancel");
    browser.click("Cancel the order");
    browser.see("The order is cancelled.");
    browser.see("Stock returned");
    assertThat(browser.text())
        .containsSubsequence(
            "Stock held", "Order placed", "Stock sold", "Order cancelled", "Stock returned");
    browser.inspect("order-cancelled");
  }
}
