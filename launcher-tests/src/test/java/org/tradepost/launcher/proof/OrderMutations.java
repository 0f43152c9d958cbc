package org.tradepost.launcher.proof;

import static org.tradepost.launcher.proof.Mutation.inBoth;
import static org.tradepost.launcher.proof.Mutation.inOrders;
import static org.tradepost.proof.audit.Invariant.I6;
import static org.tradepost.proof.audit.Invariant.I7;

import java.util.List;

/** The ways to damage orders by themselves, invariants 6 and 7. */
final class OrderMutations {
  static final List<Mutation> ALL =
      List.of(
          inOrders(
              I6,
              "a total of its own",
              "placed",
              "update orders set total = 1301 where id = '{placed}';"),
          inBoth(
              I6,
              "a price that the product never had",
              "placed",
              """
              update orders set total = 302, lines = replace(lines::text, '500', '1')::json where id = '{placed}';
              """,
              "update hold set lines = replace(lines::text, '500', '1')::json where order_id = '{placed}';"),
          inBoth(
              I6,
              "the right price in another currency",
              "placed",
              "update orders set currency = 'USD' where id = '{placed}';",
              "update hold set lines = replace(lines::text, 'EUR', 'USD')::json where order_id = '{placed}';"),
          inBoth(
              I6,
              "the price of another product",
              "placed",
              """
              update orders set total = 900, lines = replace(lines::text, '500', '300')::json where id = '{placed}';
              """,
              "update hold set lines = replace(lines::text, '500', '300')::json where order_id = '{placed}';"),
          inBoth(
              I6,
              "an order without lines",
              "released",
              "update orders set lines = '[]' where id = '{released}';",
              "update hold set lines = '[]' where order_id = '{released}';"),
          inOrders(
              I6,
              "a tombstone with lines",
              "abandoned",
              "update orders set lines = '[[\"{tea}\", \"tea\", \"Tea\", 1, 300]]' where id = '{abandoned}';"),
          inOrders(
              I7,
              "an order under another key",
              "placed",
              "update orders set idempotency_key = 'other' where id = '{placed}';"),
          inOrders(
              I7,
              "an order of another customer",
              "placed",
              """
              update orders set customer_id = '{nobody}' where id = '{placed}';
              update event set customer_id = '{nobody}' where order_id = '{placed}';
              """),
          inBoth(
              I7,
              "a second order with a key",
              "second",
              """
              insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency, total,
                                  version, placed_at, updated_at, lines)
              select '{second}', status, 1000, customer_id, idempotency_key, fingerprint, currency, total, version,
                     placed_at, updated_at, lines
                from orders where id = '{released}';
              insert into event (order_id, customer_id, sequence, type, time, data)
              select '{second}', customer_id, sequence, type, time, data from event where order_id = '{released}';
              """,
              """
              insert into hold
              select '{second}', expires_at, fingerprint, lines, state from hold where order_id = '{released}';
              """),
          inOrders(
              I7,
              "an order that is there twice",
              "placed",
              """
              alter table orders drop constraint orders_pkey;
              drop index orders_by_number;
              insert into orders select * from orders where id = '{placed}';
              """),
          inOrders(
              I7,
              "an order without a key",
              "placed",
              """
              alter table orders drop constraint orders_check;
              update orders set idempotency_key = null where id = '{placed}';
              """));

  private OrderMutations() {}
}
