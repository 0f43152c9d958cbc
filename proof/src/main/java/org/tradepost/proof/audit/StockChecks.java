package org.tradepost.proof.audit;

import java.util.List;

/** The checks that need the product database alone; these invariants hold at any moment. */
final class StockChecks {

  private static final String IN_BOUNDS =
      """
      select coalesce(product.id, stock.product_id)::text as id,
             case when stock.product_id is null then 'a product without stock'
                  when product.id is null then 'stock of no product'
                  else format('%s reserved, %s on hand', reserved, on_hand) end as what
        from product full join stock on stock.product_id = product.id
       where product.id is null or (0 <= reserved and reserved <= on_hand) is not true
      """;

  private static final String RESERVED =
      """
      select product_id::text as id,
             format('%s reserved, %s held', coalesce(reserved, 0), coalesce(quantity, 0)) as what
        from stock
        full join (select (line ->> 0)::uuid as product_id, sum((line ->> 3)::bigint) as quantity
                     from hold cross join lateral json_array_elements(lines) as line
                    where state = 'HELD' group by 1) as held using (product_id)
       where coalesce(reserved, 0) <> coalesce(quantity, 0)
      """;

  /** Every stock has a ledger, whose first entry is the initial stock. */
  private static final String ON_HAND =
      """
      select product_id::text as id,
             format('%s on hand, the ledger makes %s',
                    coalesce(on_hand::text, 'nothing'), coalesce(total::text, 'nothing')) as what
        from stock
        full join (select product_id, sum(delta) as total from ledger group by product_id) as entries
          using (product_id)
       where on_hand is distinct from total
      """;

  /**
   * Stock and ledger may agree and yet both lack a sale or have it twice, so the ledger is compared
   * with the holds too. If a hold has no lines any more, {@link HoldCheck} compares the ledger with
   * the lines of the order.
   */
  private static final String SOLD =
      """
      with entered as (
        select order_id, product_id,
               coalesce(-sum(delta) filter (where delta < 0), 0) as sold,
               coalesce(sum(delta) filter (where delta > 0), 0) as returned
          from ledger where order_id is not null group by order_id, product_id
      ), settled as (
        select order_id, (line ->> 0)::uuid as product_id, sum((line ->> 3)::bigint) as sold,
               sum(case when state = 'RETURNED' then (line ->> 3)::bigint else 0 end) as returned
          from hold cross join lateral json_array_elements(lines) as line
         where state in ('COMMITTED', 'RETURNED') group by 1, 2
      )
      select order_id::text as id,
             format('of product %s the ledger has %s sold and %s returned, the hold %s and %s', product_id,
                    coalesce(entered.sold, 0), coalesce(entered.returned, 0),
                    coalesce(settled.sold, 0), coalesce(settled.returned, 0)) as what
        from entered full join settled using (order_id, product_id)
       where (coalesce(entered.sold, 0), coalesce(entered.returned, 0))
             <> (coalesce(settled.sold, 0), coalesce(settled.returned, 0))
         and not exists (select 1 from hold where hold.order_id = entered.order_id and lines_removed_at is not null)
      """;

  static final List<SqlCheck> ALL =
      List.of(
          new SqlCheck(Invariant.I1, "select count(*) from stock", IN_BOUNDS),
          new SqlCheck(Invariant.I2, "select count(*) from stock", RESERVED),
          new SqlCheck(Invariant.I3, "select count(*) from stock", ON_HAND),
          new SqlCheck(Invariant.I3, "select count(*) from ledger", SOLD));

  private StockChecks() {}
}
