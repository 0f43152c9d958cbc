package org.tradepost.launcher.proof;

import static org.tradepost.launcher.proof.Mutation.inOrders;
import static org.tradepost.launcher.proof.Mutation.inProduct;
import static org.tradepost.proof.audit.Invariant.I4;
import static org.tradepost.proof.audit.Invariant.I5;

import java.util.List;

/** The ways in which orders and holds can disagree, invariants 4 and 5. */
final class HoldMutations {

  static final List<Mutation> ALL =
      List.of(
          inProduct(
              I4,
              "an order without hold",
              "released",
              "delete from hold where order_id = '{released}';"),
          inProduct(
              I4,
              "a settled order whose hold is HELD",
              "shipped",
              unsold("shipped")
                  + """
                  update hold set state = 'HELD', expires_at = now() + interval '1 day' where order_id = '{shipped}';
                  update stock set reserved = reserved + case product_id when '{tea}' then 1 else 2 end;
                  """),
          inProduct(
              I4,
              "an order whose hold is RELEASED",
              "delivered",
              unsold("delivered")
                  + "update hold set state = 'RELEASED' where order_id = '{delivered}';"),
          inOrders(
              I4,
              "an order whose hold is RETURNED",
              "returned",
              """
              update orders set status = 'PLACED', version = 1 where id = '{returned}';
              delete from event where order_id = '{returned}' and sequence = 2;
              """),
          inOrders(
              I4,
              "an order on its way whose hold is RELEASED",
              "released",
              """
              update orders set status = 'PLACED', version = 1 where id = '{released}';
              delete from event where order_id = '{released}' and sequence = 2;
              """
                  + ConsistentDatabases.undelivered("released")),
          inOrders(
              I4,
              "a cancelled order whose pieces stay sold",
              "cancelling",
              "delete from refused_event where order_id = '{cancelling}';"),
          inProduct(
              I4,
              "a cancelled order whose pieces stay held",
              "released",
              """
              update hold set state = 'HELD', expires_at = now() + interval '1 day' where order_id = '{released}';
              update stock set reserved = reserved + case product_id when '{tea}' then 1 else 2 end;
              """),
          inProduct(
              I4,
              "a tombstone whose pieces are sold",
              "abandoned",
              sold("abandoned")
                  + "update hold set state = 'COMMITTED' where order_id = '{abandoned}';"),
          inProduct(
              I4,
              "a tombstone whose pieces were returned",
              "abandoned",
              sold("abandoned")
                  + """
                  update hold set state = 'RETURNED' where order_id = '{abandoned}';
                  update stock set on_hand = on_hand + case product_id when '{tea}' then 1 else 2 end;
                  insert into ledger (product_id, delta, reason, order_id, on_hand)
                  values ('{tea}', 1, 'returned', '{abandoned}', 0), ('{coffee}', 2, 'returned', '{abandoned}', 0);
                  """),
          inOrders(
              I4,
              "a tombstone for what is held",
              "writing",
              "insert into orders (id, status, version, updated_at) values ('{writing}', 'ABANDONED', 0, now());"),
          inProduct(
              I4,
              "a state that there is not",
              "released",
              "alter table hold drop constraint hold_state_check;\n"
                  + "update hold set state = 'MISLAID' where order_id = '{released}';"),
          inOrders(
              I4,
              "a line of another quantity",
              "placed",
              """
              update orders set total = 1800, lines = replace(lines::text, '2, 500', '3, 500')::json
               where id = '{placed}';
              """),
          inOrders(
              I4,
              "a line at another of the product's prices",
              "placed",
              """
              update orders set total = 1400, lines = replace(lines::text, '500', '550')::json where id = '{placed}';
              """),
          inOrders(
              I4,
              "a line that the hold has not",
              "placed",
              """
              update orders set total = 1600,
                                lines = (lines::jsonb || '[["{tea}", "tea", "Tea", 1, 300]]')::json where id = '{placed}';
              """),
          inOrders(
              I4,
              "a line that only the hold has",
              "placed",
              """
              update orders set total = 1000, lines = (lines::jsonb - 1)::json where id = '{placed}';
              """),
          inOrders(
              I4,
              "a hold for another request",
              "placed",
              "update orders set fingerprint = 'another' where id = '{placed}';"),
          inProduct(
              I4,
              "an order without hold, whose hold had its lines removed",
              "unsold",
              "delete from hold where order_id = '{unsold}';"),
          inProduct(
              I4,
              "lines removed of a hold that is young",
              "released",
              """
              update hold set lines = null, settled_at = now() - interval '22 hours', lines_removed_at = now()
               where order_id = '{released}';
              """),
          inProduct(
              I4,
              "lines removed whose pieces may come back",
              "placed",
              """
              update hold set lines = null, settled_at = now() - interval '2 days', lines_removed_at = now()
               where order_id = '{placed}';
              """),
          inProduct(
              I4,
              "lines said to be removed that are there",
              "shipped",
              """
              alter table hold drop constraint hold_removal_check;
              update hold set settled_at = now() - interval '2 days', lines_removed_at = now()
               where order_id = '{shipped}';
              """),
          inProduct(
              I4, "lines removed of a sale that was never made", "forgotten", unsold("forgotten")),
          inProduct(I4, "lines removed of a sale made twice", "forgotten", sold("forgotten")),
          inProduct(I4, "lines removed of a sale for a cancelled order", "unsold", sold("unsold")),
          inProduct(
              I4,
              "lines removed of pieces that never came back",
              "undone",
              """
              delete from ledger where order_id = '{undone}' and reason = 'returned';
              update stock set on_hand = on_hand - case product_id when '{tea}' then 1 else 2 end;
              """),
          inProduct(I4, "lines removed of a sale to nobody", "buried", sold("buried")),
          inProduct(
              I5,
              "a hold without order, past its expiry",
              "writing",
              "update hold set expires_at = now() - interval '1 second' where order_id = '{writing}';"),
          inProduct(
              I5,
              "a hold with an order, past its expiry",
              "placing",
              "update hold set expires_at = now() - interval '1 second' where order_id = '{placing}';"),
          inProduct(
              I5,
              "a hold with a tombstone, past its expiry",
              "abandoned",
              """
              update hold set state = 'HELD' where order_id = '{abandoned}';
              update stock set reserved = reserved + case product_id when '{tea}' then 1 else 2 end;
              """),
          inOrders(
              I5,
              "pieces sold without an order",
              "delivered",
              """
              delete from event where order_id = '{delivered}';
              delete from orders where id = '{delivered}';
              """),
          inOrders(
              I5,
              "a released hold without tombstone",
              "abandoned",
              "delete from orders where id = '{abandoned}';"));

  private HoldMutations() {}

  /** As if the pieces of the order had never left the warehouse. */
  private static String unsold(String order) {
    return """
        delete from ledger where order_id = '{%s}';
        update stock set on_hand = on_hand + case product_id when '{tea}' then 1 else 2 end;
        """
        .formatted(order);
  }

  /** As if the pieces of the order had left the warehouse. */
  private static String sold(String order) {
    return """
        insert into ledger (product_id, delta, reason, order_id, on_hand)
        values ('{tea}', -1, 'sold', '{%1$s}', 0), ('{coffee}', -2, 'sold', '{%1$s}', 0);
        update stock set on_hand = on_hand - case product_id when '{tea}' then 1 else 2 end;
        """
        .formatted(order);
  }
}
