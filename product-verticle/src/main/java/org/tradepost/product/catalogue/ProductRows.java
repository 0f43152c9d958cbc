package org.tradepost.product.catalogue;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Map;
import java.util.TreeMap;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.ProductContract.Product;

/** Converts between products and rows of the database. */
public final class ProductRows {

  /** The columns that {@link #product} reads. */
  public static final String COLUMNS =
      """
      id, sku, name, description, category, amount, currency, attributes, status, version,
      created_at, updated_at, on_hand - reserved as available
      """;

  private ProductRows() {}

  public static Product product(Row row) {
    return new Product(
        row.getUUID("id"),
        row.getString("sku"),
        row.getString("name"),
        row.getString("description"),
        row.getString("category"),
        new Money(row.getLong("amount"), row.getString("currency")),
        attributes(row.getJsonObject("attributes")),
        row.getString("status"),
        row.getLong("available"),
        row.getLong("version"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }

  static JsonObject json(Map<String, String> attributes) {
    var json = new JsonObject();
    attributes.forEach(json::put);
    return json;
  }

  private static Map<String, String> attributes(JsonObject json) {
    var attributes = new TreeMap<String, String>();
    json.forEach(field -> attributes.put(field.getKey(), (String) field.getValue()));
    return attributes;
  }
}
