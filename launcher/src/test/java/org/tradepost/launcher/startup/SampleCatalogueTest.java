package org.tradepost.launcher.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleCatalogueTest {
  private final List<JsonNode> products = SampleCatalogue.products();

  @Test
  void is_varied() {
    assertThat(products).hasSizeGreaterThanOrEqualTo(24);
    assertThat(products.stream().map(product -> product.get("category").asText()).distinct())
        .hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void names_each_product_once() {
    assertThat(products.stream().map(product -> product.get("sku").asText()))
        .doesNotHaveDuplicates();
  }

  @Test
  void has_a_price_and_stock_for_each_product() {
    assertThat(products)
        .allSatisfy(
            product -> {
              assertThat(product.at("/price/amount").asLong()).isPositive();
              assertThat(product.at("/price/currency").asText()).isEqualTo("EUR");
              assertThat(product.get("initialStock").asLong()).isPositive();
              assertThat(product.get("description").asText()).isNotBlank();
            });
  }
}
