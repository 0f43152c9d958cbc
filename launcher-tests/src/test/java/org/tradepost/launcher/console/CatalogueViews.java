package org.tradepost.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
    browser.click("Save mine over it");
    browser.see("€55.00");
    var product = shop.get("/v1/products/" + mine);
    assertThat(product.path("name").asText()).isEqualTo("Brass lamp of the other");
    assertThat(product.at("/price/amount").asInt()).isEqualTo(5500);
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
