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
          inOrders(
              I6,
              "a line total of its own",
              "placed",
              "alter table order_line drop constraint order_line_check;\n"
                  + "update order_line set line_total = 999 where order_id = '{placed}' and line = 1;"),
          inBoth(
              I6,
              "a price that the product never had",
              "placed",
              """
              update order_line set unit_price = 1, line_total = 2 where order_id = '{placed}' and line = 1;
              update orders set total = 302 where id = '{placed}';
              """,
              "update hold_line set amount = 1 where order_id = '{placed}' and line_no = 1;"),
          inBoth(
              I6,
              "the right price in another currency",
              "placed",
              "update orders set currency = 'USD' where id = '{placed}';",
              "update hold_line set currency = 'USD' where order_id = '{placed}';"),
          inBoth(
              I6,
              "the price of another product",
              "placed",
              """
              update order_line set unit_price = 300, line_total = 600 where order_id = '{placed}' and line = 1;
              update orders set total = 900 where id = '{placed}';
              """,
              "update hold_line set amount = 300 where order_id = '{placed}' and line_no = 1;"),
          inBoth(
              I6,
              "an order without lines",
              "released",
              "delete from order_line where order_id = '{released}';",
              "delete from hold_line where order_id = '{released}';"),
          inOrders(
              I6,
              "a tombstone with lines",
              "abandoned",
              "insert into order_line values ('{abandoned}', 1, '{tea}', 'tea', 'Tea', 1, 300, 300);"),
          inOrders(
              I6,
              "lines of no order",
              "nobody",
              """
              insert into order_line values ('{nobody}', 1, '{tea}', 'tea', 'Tea', 1, 300, 300);
              """),
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
                                  version, placed_at, updated_at)
              select '{second}', status, 1000, customer_id, idempotency_key, fingerprint, currency, total, version,
                     placed_at, updated_at
                from orders where id = '{released}';
              insert into order_line
              select '{second}', line, product_id, sku, name, quantity, unit_price, line_total
                from order_line where order_id = '{released}';
              insert into event (order_id, customer_id, sequence, type, time, data)
              select '{second}', customer_id, sequence, type, time, data from event where order_id = '{released}';
              """,
              """
              insert into hold select '{second}', state, fingerprint, expires_at from hold where order_id = '{released}';
              insert into hold_line
              select '{second}', line_no, product_id, sku, name, quantity, amount, currency
                from hold_line where order_id = '{released}';
              """),
          inOrders(
              I7,
              "an order that is there twice",
              "placed",
              """
              alter table orders drop constraint orders_pkey;
              alter table orders drop constraint orders_number_key;
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
