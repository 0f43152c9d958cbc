package org.tradepost.product.catalogue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.ProductContract.Product;

/** The data of product events, and the SQL that keeps them in order. */
public final class ProductEvents {

  /**
   * Must be the first statement of a transaction that writes an event. Transactions on one product
   * then take turns: a later one has a higher transaction id, so readers see its event later.
   */
  public static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))";

  /** The number of a product's next event, for a statement that reads {@code product}. */
  public static final String NEXT_NUMBER =
      "(select coalesce(max(sequence), 0) + 1 from event where subject = product.id)";

  private ProductEvents() {}

  static JsonObject created(NewProduct product) {
    return new JsonObject()
        .put("sku", product.sku())
        .put("price", json(product.price()))
        .put("initialStock", product.initialStock());
  }

  /** Names the fields that are different. */
  static JsonObject changed(Product before, Product after) {
    var changed = new JsonArray();
    note(changed, "name", before, after, Product::name);
    note(changed, "description", before, after, Product::description);
    note(changed, "category", before, after, Product::category);
    note(changed, "price", before, after, Product::price);
    note(changed, "attributes", before, after, Product::attributes);
    note(changed, "status", before, after, Product::status);
    return new JsonObject().put("changed", changed);
  }

  private static void note(
      JsonArray changed, String name, Product before, Product after, Function<Product, ?> field) {
    if (!field.apply(before).equals(field.apply(after))) {
      changed.add(name);
    }
  }

  static JsonObject priceChanged(Product before, Product after) {
    return new JsonObject().put("before", json(before.price())).put("price", json(after.price()));
  }

  private static JsonObject json(Money money) {
    return new JsonObject().put("amount", money.amount()).put("currency", money.currency());
  }
}
