package org.tradepost.launcher.proof;

import static org.tradepost.launcher.proof.Mutation.inProduct;
import static org.tradepost.proof.audit.Invariant.I1;
import static org.tradepost.proof.audit.Invariant.I2;
import static org.tradepost.proof.audit.Invariant.I3;

import java.util.List;

/** The ways to damage stock and its ledger, invariants 1 to 3. */
final class StockMutations {
  private static final String FREE_STOCK = "alter table stock drop constraint stock_in_bounds;\n";

  static final List<Mutation> ALL =
      List.of(
          inProduct(
              I1,
              "more reserved than there is",
              "tea",
              FREE_STOCK
                  + """
                  update hold set lines = replace(lines::text, '1, 300', '500, 300')::json
                   where order_id = '{writing}';
                  update stock set reserved = reserved + 499 where product_id = '{tea}';
                  """),
          inProduct(
              I1,
              "less than nothing reserved",
              "tea",
              FREE_STOCK
                  + """
                  update hold set lines = replace(lines::text, '1, 300', '-500, 300')::json
                   where order_id = '{writing}';
                  update stock set reserved = reserved - 501 where product_id = '{tea}';
                  """),
          inProduct(
              I1,
              "less than nothing on hand",
              "tea",
              FREE_STOCK
                  + """
                  insert into ledger (product_id, delta, reason, on_hand) values ('{tea}', -1000, 'lost', 0);
                  update stock set on_hand = on_hand - 1000 where product_id = '{tea}';
                  """),
          inProduct(
              I1,
              "a product without stock",
              "cocoa",
              """
              insert into product (id, sku, name, description, category, amount, currency, attributes)
              values ('{cocoa}', 'cocoa', 'Cocoa', 'Powder', 'drinks', 1, 'EUR', '{}');
              """),
          inProduct(
              I1,
              "stock of no product",
              "cocoa",
              """
              alter table stock drop constraint stock_product_id_fkey;
              insert into stock (product_id, on_hand) values ('{cocoa}', 0);
              insert into ledger (product_id, delta, reason, on_hand) values ('{cocoa}', 0, 'opening', 0);
              """),
          inProduct(
              I2,
              "a piece reserved for nobody",
              "coffee",
              "update stock set reserved = reserved + 1 where product_id = '{coffee}';"),
          inProduct(
              I2,
              "a piece held and not reserved",
              "coffee",
              "update stock set reserved = reserved - 1 where product_id = '{coffee}';"),
          inProduct(
              I3,
              "a piece gone from the warehouse",
              "coffee",
              "update stock set on_hand = on_hand - 1 where product_id = '{coffee}';"),
          inProduct(
              I3,
              "a piece too many in the warehouse",
              "coffee",
              "update stock set on_hand = on_hand + 1 where product_id = '{coffee}';"),
          inProduct(
              I3,
              "an opening that is lost",
              "tea",
              "delete from ledger where product_id = '{tea}' and reason = 'opening';"),
          inProduct(
              I3,
              "an opening of nothing that is lost",
              "cocoa",
              """
              insert into product (id, sku, name, description, category, amount, currency, attributes)
              values ('{cocoa}', 'cocoa', 'Cocoa', 'Powder', 'drinks', 1, 'EUR', '{}');
              insert into stock (product_id, on_hand) values ('{cocoa}', 0);
              """),
          inProduct(
              I3,
              "a sale that never left the warehouse",
              "placed",
              """
              update stock set on_hand = on_hand + 1 where product_id = '{tea}';
              delete from ledger where product_id = '{tea}' and order_id = '{placed}';
              """),
          inProduct(
              I3,
              "a sale made twice",
              "placed",
              """
              update stock set on_hand = on_hand - 1 where product_id = '{tea}';
              insert into ledger (product_id, delta, reason, order_id, on_hand)
              values ('{tea}', -1, 'sold', '{placed}', 0);
              """),
          inProduct(
              I3,
              "a return made twice",
              "returned",
              """
              update stock set on_hand = on_hand + 1 where product_id = '{tea}';
              insert into ledger (product_id, delta, reason, order_id, on_hand)
              values ('{tea}', 1, 'returned', '{returned}', 0);
              """),
          inProduct(
              I3,
              "a sale for no order",
              "nobody",
              """
              update stock set on_hand = on_hand - 1 where product_id = '{tea}';
              insert into ledger (product_id, delta, reason, order_id, on_hand)
              values ('{tea}', -1, 'sold', '{nobody}', 0);
              """));

  private StockMutations() {}
}
