package org.tradepost.proof.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Compares the prices of order lines with the price history of the products. The history only
 * grows, and a hold takes its price from it before the order is written. Read after the orders, it
 * therefore has all their prices.
 */
final class PriceCheck {
  private static final String HISTORY = "select product_id, amount, currency from price_history";

  private static final String UNKNOWN_PRICES =
      """
      select id::text as id,
             format('product %s at %s %s, a price that it never had', line ->> 0, line ->> 4, orders.currency) as what
        from orders cross join lateral json_array_elements(lines) as line
       where status <> 'ABANDONED'
         and not exists (select 1 from unnest(?::uuid[], ?::bigint[], ?::text[]) as had (product, amount, currency)
                          where had.product = (line ->> 0)::uuid and had.amount = (line ->> 4)::bigint
                            and had.currency = orders.currency)
      """;

  private static final SqlCheck CHECK = new SqlCheck(Invariant.I6, "select 0", UNKNOWN_PRICES);

  private final List<UUID> products = new ArrayList<>();
  private final List<Long> amounts = new ArrayList<>();
  private final List<String> currencies = new ArrayList<>();

  private PriceCheck(Snapshot product) {
    try (var rows =
        product.rows(
            HISTORY,
            row -> {
              amounts.add(row.getLong("amount"));
              currencies.add(row.getString("currency"));
              return row.getObject("product_id", UUID.class);
            })) {
      rows.forEach(products::add);
    }
  }

  static Finding compare(Snapshot orders, Snapshot product) {
    var prices = new PriceCheck(product);
    return CHECK.run(
        orders,
        new SqlArray("uuid", prices.products),
        new SqlArray("bigint", prices.amounts),
        new SqlArray("text", prices.currencies));
  }
}
