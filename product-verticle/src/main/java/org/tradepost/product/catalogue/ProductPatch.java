package org.tradepost.product.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.ProductContract.ChangeProduct;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.ReadableText;

/**
 * Applies a JSON Merge Patch (RFC 7396) to a product. Types and bounds have been checked against
 * the API description; this class checks what depends on the product.
 */
final class ProductPatch {

  static final int MAX_ATTRIBUTES = 50;

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private ProductPatch() {}

  /**
   * Returns the patched product, which equals the old one if the patch changes nothing.
   *
   * @throws ServiceException {@code INVALID_REQUEST}
   */
  static Product apply(ChangeProduct patch, Product product) {
    return new Product(
        product.id(),
        product.sku(),
        patch.name() == null ? product.name() : ReadableText.strip(patch.name().asText()),
        text(patch.description(), product.description()),
        text(patch.category(), product.category()),
        price(patch.price(), product.price()),
        attributes(patch.attributes(), product.attributes()),
        text(patch.status(), product.status()),
        product.available(),
        product.version(),
        product.createdAt(),
        product.updatedAt());
  }

  private static String text(JsonNode patch, String present) {
    return patch == null ? present : patch.asText("");
  }

  private static Money price(JsonNode patch, Money present) {
    if (patch == null) {
      return present;
    }
    var amount = patch.path("amount").asLong(present.amount());
    var currency = patch.path("currency").asText(present.currency());
    return checked(new Money(amount, currency));
  }

  /**
   * Checks that the currency of a price exists, which the API description cannot express.
   *
   * @throws ServiceException {@code INVALID_REQUEST}
   */
  static Money checked(Money price) {
    if (!CURRENCIES.contains(price.currency())) {
      throw ServiceException.invalid("/price/currency", "must be an ISO 4217 currency code");
    }
    return price;
  }

  private static Map<String, String> attributes(JsonNode patch, Map<String, String> present) {
    if (patch == null) {
      return present;
    }
    if (patch.isNull()) {
      return Map.of();
    }
    var merged = new TreeMap<>(present);
    for (var field : patch.properties()) {
      if (field.getValue().isNull()) {
        merged.remove(field.getKey());
      } else {
        merged.put(field.getKey(), field.getValue().textValue());
      }
    }
    if (merged.size() > MAX_ATTRIBUTES) {
      throw ServiceException.invalid(
          "/attributes",
          String.format(
              Locale.ROOT, "must have at most %d attributes after the change", MAX_ATTRIBUTES));
    }
    return merged;
  }
}
