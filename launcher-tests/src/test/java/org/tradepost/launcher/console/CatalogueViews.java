package org.tradepost.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tradepost.common.json.WireJson;

/** The catalogue: search, edit, stock. */
abstract class CatalogueViews extends ConsoleViews {
  @Test
  void markup_in_a_name_is_text() {
    var name =
        "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";
    browser.go("products");
    browser.see("Brass lamp");
    browser.click("New product");
    browser.fill("SKU", "SCRIPT-1");
    browser.fill("Name", name);
    browser.fill("Category", "odd");
    browser.fill("Price", "19.99");
    browser.inspect("product-new");
    browser.click("Create");
    browser.see(name);
    browser.see("€19.99");
    browser.go("products?category=odd");
    browser.see(name);
    assertThat(browser.run("return document.title")).isEqualTo("Catalogue - Tradepost console");
    browser.go("products");
    browser.see("Brass lamp");
    browser.inspect("products");
  }

  @Test
  void a_rejected_product_keeps_what_was_typed() {
    var taken = shop.get("/v1/products/" + shop.newProduct(5)).path("sku").asText();
    browser.go("products");
    browser.click("New product");
    browser.fill("SKU", taken);
    browser.fill("Name", "Second lamp");
    browser.fill("Category", "lamps");
    browser.fill("Price", "19.99");
    browser.click("Add an attribute");
    browser.fill("Attribute 1", "colour");
    browser.fill("Value 1", "silver");
    browser.click("Create");
    browser.see("The SKU is already in use");
    assertThat(browser.focused()).isEqualTo("Create");
    browser.inspect("product-rejected");
    browser.fill("SKU", taken + "-2");
    browser.click("Create");
    browser.see("Second lamp");
    browser.see("The product is in the catalogue.");
    browser.go("products");
  }

  @Test
  void stock_whose_adjustment_was_not_answered_is_adjusted_once() {
    var product = shop.newProduct(12);
    browser.inAnotherWindow(
        () -> {
          logInAsAdmin();
          browser.go("products/" + product);
          browser.run(
              """
              const real = fetch;
              window.fetch = async (path, init) => {
                const response = await real(path, init);
                if (path.endsWith('/adjustments')) {
                  window.fetch = real;
                  throw new Error('No network.');
                }
                return response;
              };
              """);
          browser.click("Adjust stock");
          browser.fill("Pieces", "50");
          browser.fill("Reason", "delivered");
          browser.click("Adjust");
          browser.see("No network.");
          assertThat(shop.available(product)).isEqualTo(62);
          browser.click("Adjust");
          browser.see("The stock is adjusted.");
          assertThat(shop.available(product)).isEqualTo(62);
        });
  }

  @Test
  void two_administrators_edit_one_product() {
    var mine = shop.newProduct(5);
    browser.go("products/" + mine);
    browser.see("On hand");
    browser.inAnotherWindow(
        () -> {
          logInAsAdmin();
          browser.go("products/" + mine);
          browser.fill("Name", "Brass lamp of the other");
          browser.click("Save");
          browser.see("The product is saved.");
        });
    browser.fill("Price", "55");
    browser.click("Save");
    browser.see("Somebody else has changed this product");
    browser.see("Brass lamp of the other");
    browser.inspect("product-conflict");
    shop.rename(mine, "Brass lamp of a third");
    browser.click("Save mine over it");
    browser.see("Brass lamp of a third");
    browser.see("version 3 now");
    browser.click("Save mine over it");
    browser.see("€55.00");
    browser.seeNot("Somebody else has changed this product");
    var product = shop.get("/v1/products/" + mine);
    assertThat(product.path("name").asText()).isEqualTo("Brass lamp of a third");
    assertThat(product.at("/price/amount").asInt()).isEqualTo(5500);
  }

  @Test
  void a_conflict_that_cannot_be_read_is_said() {
    var mine = shop.newProduct(5);
    browser.inAnotherWindow(
        () -> {
          logInAsAdmin();
          browser.go("products/" + mine);
          browser.see("On hand");
          shop.rename(mine, "Brass lamp of the other");
          browser.run(
              """
              const real = fetch;
              window.fetch = (path, init) =>
                init.method === 'GET' ? Promise.reject(new Error('No network.')) : real(path, init);
              """);
          browser.fill("Price", "55");
          browser.click("Save");
          browser.see("No network.");
        });
  }

  @Test
  void an_edit_outlives_a_product_that_cannot_be_read_again() {
    var product = shop.newProduct(12);
    browser.inAnotherWindow(
        () -> {
          logInAsAdmin();
          browser.go("products/" + product);
          browser.fill("Name", "Edited lamp");
          browser.cutOff("/ledger");
          browser.click("Adjust stock");
          browser.fill("Pieces", "1");
          browser.fill("Reason", "found");
          browser.click("Adjust");
          browser.see("No network.");
          browser.click("Save");
          await().until(() -> nameOf(product).equals("Edited lamp"));
        });
  }

  private static String nameOf(String product) {
    return shop.get("/v1/products/" + product).path("name").asText();
  }

  @Test
  void attributes_of_any_form_are_kept_edited_added_and_removed() {
    var kept = Map.of("about", "\r\none: 1 \n two", "size: EU", "38\n39", "colour", "gold");
    var id = shop.newProduct(5, kept);
    browser.go("products/" + id);
    browser.fill("Price", "55");
    browser.click("Save");
    browser.see("€55.00");
    assertThat(attributes(id)).isEqualTo(kept);
    browser.fill("Value 3", "40: half\n41");
    browser.click("Add an attribute");
    browser.fill("Attribute 4", "colour");
    browser.inspect("product-attributes");
    browser.click("Save");
    assertThat(attributes(id)).isEqualTo(kept);
    browser.fill("Attribute 4", "made: in");
    browser.fill("Value 4", "Sweden");
    browser.pressButton("Remove attribute 2");
    browser.click("Save");
    var edited = new HashMap<>(kept);
    edited.remove("colour");
    edited.put("size: EU", "40: half\n41");
    edited.put("made: in", "Sweden");
    await().untilAsserted(() -> assertThat(attributes(id)).isEqualTo(edited));
  }

  private static Map<?, ?> attributes(String product) {
    return WireJson.read(
        shop.get("/v1/products/" + product).path("attributes").toString(), Map.class);
  }

  @Test
  void a_list_that_cannot_be_read_shows_why() {
    browser.go("products?maxAvailable=-1");
    browser.seeInView("The request is invalid; /maxAvailable: ");
    browser.seeNot("Reading …");
  }

  @Test
  void stock_is_adjusted_and_low_stock_is_found() {
    var rare = shop.newProduct(12);
    browser.go("products/" + rare);
    browser.click("Adjust stock");
    browser.fill("Pieces", "-9");
    browser.fill("Reason", "counted");
    browser.inspect("product-adjust");
    browser.click("Adjust");
    browser.see("counted");
    assertThat(shop.available(rare)).isEqualTo(3);
    browser.inspect("product");
    browser.click("Adjust stock");
    browser.fill("Pieces", "-9");
    browser.fill("Reason", "counted again");
    browser.click("Adjust");
    browser.see("There are only 3 pieces on hand");
    browser.click("Back");
    browser.click("Archive");
    browser.see("It is not sold any more.");
    browser.inspect("product-archive");
    browser.click("Back");
    browser.go("products");
    browser.click("Low stock");
    browser.see("Brass lamp");
    browser.seeAddress("#/products?maxAvailable=10");
  }
}
