package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The console in a browser, in front of a cluster. */
class ConsoleTest {

  private static final ShopCluster cluster = ShopCluster.shared();
  private static TestDeployment shop;
  private static ConsoleBrowser browser;
  private static String admin;
  private static String customer;
  private static String lamp;

  private String order;
  private String number;

  @BeforeAll
  static void start() {
    assumeThat(ConsoleBrowser.isInstalled()).as("chromium and chromedriver are here").isTrue();
    cluster.require("auth", "product", "product", "order", "gateway");
    var gateway = cluster.living("gateway").get(0);
    shop = ShopCluster.shop(gateway);
    admin = shop.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
    await().until(() -> shop.get("/v1/products", admin).status() == 200);
    customer = shop.newCustomer();
    lamp = shop.newProduct(admin, 50);
    browser = new ConsoleBrowser(gateway.url("TRADEPOST_HTTP_PORT"));
    browser.open().logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
    browser.see("Nodes up");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void place() {
    var placed = shop.order(customer, lamp, 1, UUID.randomUUID().toString()).expect(201);
    order = placed.id();
    number = placed.body().path("number").asText();
  }

  @AfterEach
  void nothing_went_wrong_in_the_browser() {
    assertThat(browser.faults()).isEmpty();
  }

  @Test
  void a_customer_is_refused_in_words_and_sees_nothing() {
    var email = UUID.randomUUID() + "@customer.example";
    var account = Map.of("email", email, "password", TestDeployment.PASSWORD, "name", "Ada");
    shop.post("/v1/auth/register", null, account).expect(201);
    browser.inAnotherWindow(
        () -> {
          browser.logIn(email, TestDeployment.PASSWORD);
          browser.see("This account is not an administrator");
          assertThat(browser.text()).doesNotContain("Cluster", "Orders");
          browser.assertAccessible();
          browser.picture("login");
        });
  }

  @Test
  void the_cluster_is_seen_alive() {
    browser.go("cluster");
    browser.see("gateway-");
    browser.see("closed");
    shop.get("/v1/products", admin).expect(200);
    browser.see("Mean time");
    for (var part :
        new String[] {"480", "holds to write", "undelivered", "0.1.0", "product 1.0.0"}) {
      browser.see(part);
    }
  }

  @Test
  void a_killed_member_is_seen_within_two_seconds() {
    cluster.require("product", "product");
    var victim = cluster.living("product").get(1);
    browser.go("orders");
    browser.go("cluster");
    browser.see(victim.name);
    var killedAt = System.nanoTime();
    victim.kill();
    browser.seeTrouble(victim.name);
    assertThat(Duration.ofNanos(System.nanoTime() - killedAt)).isLessThan(Duration.ofSeconds(2));
    browser.see(victim.name + " (gone)");
    browser.picture("cluster-killed");
  }

  @Test
  void an_order_is_found_and_goes_its_way() {
    browser.go("orders");
    browser.fill("Number", number);
    browser.click("Find");
    browser.click(number);
    browser.see("Stock sold");
    browser.click("Ship");
    browser.fill("Carrier", "DHL");
    browser.fill("Tracking number", "JD0146");
    browser.press(Keys.ENTER);
    browser.see("DHL JD0146");
    browser.see("The order is shipped.");
    browser.picture("order");
    browser.click("Mark as delivered");
    browser.click("Mark as delivered");
    browser.see("Order delivered");
    assertThat(shop.get("/v1/orders/" + order, admin).body().path("status").asText())
        .isEqualTo("DELIVERED");
  }

  @Test
  void an_order_is_cancelled_with_a_reason() {
    browser.go("orders/" + order);
    browser.click("Cancel");
    browser.fill("Reason (the customer sees it)", "out of fashion");
    browser.click("Cancel the order");
    browser.see("out of fashion");
    browser.go("orders?status=CANCELLED");
    browser.see(number);
  }

  @Test
  void markup_in_a_name_is_text() {
    var name =
        "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";
    browser.go("products");
    browser.click("New product");
    browser.fill("SKU", "SCRIPT-1");
    browser.fill("Name", name);
    browser.fill("Category", "odd");
    browser.fill("Price", "19.99");
    browser.click("Create");
    browser.see(name);
    browser.see("€19.99");
    browser.go("products?category=odd");
    browser.see(name);
    assertThat(browser.run("return document.title")).isEqualTo("Catalogue - Tradepost console");
  }

  @Test
  void two_administrators_edit_one_product() {
    var mine = shop.newProduct(admin, 5);
    browser.go("products/" + mine);
    browser.see("On hand");
    browser.inAnotherWindow(
        () -> {
          browser.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
          browser.see("Nodes up");
          browser.go("products/" + mine);
          browser.fill("Name", "Brass lamp of the other");
          browser.click("Save");
          browser.see("The product is saved.");
        });
    browser.fill("Price", "55");
    browser.click("Save");
    browser.see("Somebody else has changed this product");
    browser.see("Brass lamp of the other");
    browser.assertAccessible();
    browser.picture("conflict");
    browser.click("Save mine over it");
    browser.see("€55.00");
    var product = shop.get("/v1/products/" + mine, admin).body();
    assertThat(product.path("name").asText()).isEqualTo("Brass lamp of the other");
    assertThat(product.at("/price/amount").asInt()).isEqualTo(5500);
  }

  @Test
  void stock_is_adjusted_and_low_stock_is_found() {
    var rare = shop.newProduct(admin, 12);
    browser.go("products/" + rare);
    browser.click("Adjust stock");
    browser.fill("Pieces", "-9");
    browser.fill("Reason", "counted");
    browser.click("Adjust");
    browser.see("counted");
    assertThat(shop.available(rare)).isEqualTo(3);
    browser.click("Adjust stock");
    browser.fill("Pieces", "-9");
    browser.fill("Reason", "counted again");
    browser.click("Adjust");
    browser.see("There are only 3 pieces on hand");
    browser.go("products");
    browser.click("Low stock");
    browser.see("Brass lamp");
    assertThat(browser.run("return location.hash")).isEqualTo("#/products?maxAvailable=10");
  }

  @Test
  void a_customer_is_found_promoted_and_disabled() {
    var email = UUID.randomUUID() + "@customer.example";
    var account = Map.of("email", email, "password", TestDeployment.PASSWORD, "name", "Grace");
    shop.post("/v1/auth/register", null, account).expect(201);
    var token = shop.logIn(email, TestDeployment.PASSWORD);
    browser.go("customers");
    browser.fill("Email", email);
    browser.click("Find");
    browser.click(email);
    browser.click("End");
    browser.see("Nobody is logged in.");
    await().until(() -> shop.get("/v1/auth/me", token).status() == 401);
    browser.click("Make an administrator");
    browser.click("Give the role");
    browser.see("admin, customer");
    browser.click("Disable");
    browser.click("Disable");
    browser.see("The account is disabled.");
    browser.see("Enable");
  }

  @Test
  void events_are_followed_paused_and_filtered() {
    browser.go("orders");
    browser.go("events");
    browser.see("connected");
    shop.order(customer, lamp, 1, UUID.randomUUID().toString()).expect(201);
    browser.see("OrderPlaced");
    browser.click("Pause");
    shop.order(customer, lamp, 1, UUID.randomUUID().toString()).expect(201);
    browser.see("Go on (");
    browser.click("Go on (");
    browser.fill("Filter by type, subject or text", "no such thing");
    browser.see("No event matches.");
  }

  @Test
  void parked_events_are_delivered_again_or_discarded() {
    park();
    browser.go("orders");
    browser.go("events");
    browser.click("Retry");
    browser.see("No event is parked.");
    park();
    browser.click("Read again");
    browser.click("Discard");
    browser.picture("discard");
    browser.click("Discard");
    browser.see("The event is discarded.");
    cluster.databases.execute("order", "delete from refused_event where discarded_at is not null");
  }

  /** As if the product service had refused to hear of the order, which it did not. */
  private void park() {
    await()
        .until(() -> cluster.databases.number("order", "select count(*) from refused_event") == 0);
    cluster.databases.execute(
        "order",
        """
        insert into refused_event (event_id, order_id, sequence, type, attempts, parked_at)
        select id, order_id, sequence, type, 12, now() from event where order_id = '%s'
        """
            .formatted(order));
  }

  @Test
  void an_expired_token_is_refreshed_and_an_ended_session_asks_for_login() {
    browser.inAnotherWindow(
        () -> {
          browser.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
          browser.see("Nodes up");
          browser.run(
              """
              const real = fetch;
              let refused = false;
              window.fetch = (path, init) => {
                if (refused || path.includes('/auth/')) return real(path, init);
                refused = true;
                return Promise.resolve(new Response('{}', {status: 401}));
              }
              """);
          browser.go("orders");
          browser.see(number);
          var account = shop.get("/v1/auth/me", admin).id();
          var sessions = "/v1/users/" + account + "/sessions";
          var newest = shop.get(sessions, admin).body().at("/items/0/id").asText();
          shop.delete(sessions + "/" + newest, admin).expect(204);
          browser.go("cluster");
          browser.see("The session has ended. Log in again.");
        });
  }

  @Test
  void everything_is_reached_by_keyboard() {
    browser.inAnotherWindow(
        () -> {
          browser.see("Log in");
          browser.press(ShopCluster.ADMIN, Keys.TAB);
          browser.press(ShopCluster.ADMIN_PASSWORD, Keys.ENTER);
          browser.see("Nodes up");
          browser.tabTo("Catalogue");
          browser.press(Keys.ENTER);
          browser.see("Brass lamp");
          browser.tabTo("New product");
          browser.press(Keys.ENTER);
          browser.see("Pieces in stock");
          browser.press(Keys.ESCAPE);
          browser.seeNot("Pieces in stock");
          assertThat(browser.focused()).isEqualTo("New product");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"cluster", "orders", "products", "customers", "events"})
  void each_view_is_accessible_in_light_and_dark_and_fits_a_telephone(String view) {
    browser.go(view);
    browser.see(
        Map.of(
                "cluster",
                "Backlogs",
                "orders",
                number,
                "products",
                "Brass lamp",
                "customers",
                ShopCluster.ADMIN,
                "events",
                "No event is parked.")
            .get(view));
    browser.assertAccessible();
    browser.picture(view);
    browser.prefer("dark");
    browser.assertAccessible();
    browser.picture(view + "-dark");
    browser.size(360, 740);
    assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
    browser.picture(view + "-360");
    browser.prefer("light");
    browser.size(1280, 900);
  }
}
