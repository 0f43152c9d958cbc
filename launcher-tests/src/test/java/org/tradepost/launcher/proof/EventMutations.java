package org.tradepost.launcher.proof;

import static org.tradepost.launcher.proof.Mutation.inOrders;
import static org.tradepost.proof.audit.Invariant.I8;
import static org.tradepost.proof.audit.Invariant.I9;

import java.util.List;

/** The ways to damage the history of orders, invariants 8 and 9. */
final class EventMutations {

  static final List<Mutation> ALL =
      List.of(
          inOrders(
              I8,
              "a gap",
              "delivered",
              "update event set sequence = 4 where order_id = '{delivered}' and sequence = 3;"),
          inOrders(
              I8,
              "a number twice",
              "shipped",
              """
              alter table event drop constraint event_pkey;
              update event set sequence = 1 where order_id = '{shipped}';
              """),
          inOrders(
              I8,
              "numbers that do not begin with 1",
              "placed",
              "update event set sequence = 0 where order_id = '{placed}';"),
          inOrders(
              I8,
              "an order without events",
              "placed",
              "delete from event where order_id = '{placed}';"),
          inOrders(
              I8,
              "an event that is lost",
              "delivered",
              "delete from event where order_id = '{delivered}' and sequence = 3;"),
          inOrders(
              I8,
              "an event too many",
              "placed",
              """
              insert into event (order_id, customer_id, sequence, type, time, data)
              values ('{placed}', '{customer}', 2, 'OrderShipped', now(), '{}');
              """),
          inOrders(
              I8,
              "a step left out",
              "delivered",
              """
              delete from event where order_id = '{delivered}' and sequence = 2;
              update event set sequence = 2 where order_id = '{delivered}' and sequence = 3;
              update orders set version = 2 where id = '{delivered}';
              """),
          inOrders(
              I8,
              "an order cancelled after it was shipped",
              "returned",
              """
              update event set sequence = 3 where order_id = '{returned}' and sequence = 2;
              insert into event (order_id, customer_id, sequence, type, time, data)
              values ('{returned}', '{customer}', 2, 'OrderShipped', now(), '{}');
              update orders set version = 3 where id = '{returned}';
              """),
          inOrders(
              I8,
              "events in the wrong order",
              "shipped",
              """
              update event set type = case sequence when 1 then 'OrderShipped' else 'OrderPlaced' end
               where order_id = '{shipped}';
              """),
          inOrders(
              I8,
              "an event that there is not",
              "shipped",
              "update event set type = 'OrderMislaid' where order_id = '{shipped}' and sequence = 2;"),
          inOrders(
              I8,
              "a row that is elsewhere than its events",
              "shipped",
              "update orders set status = 'DELIVERED' where id = '{shipped}';"),
          inOrders(
              I8,
              "a version ahead of the events",
              "placed",
              "update orders set version = 2 where id = '{placed}';"),
          inOrders(
              I8,
              "a tombstone with an event",
              "abandoned",
              """
              insert into event (order_id, customer_id, sequence, type, time, data)
              values ('{abandoned}', gen_random_uuid(), 1, 'OrderPlaced', now(), '{}');
              """),
          inOrders(
              I8,
              "a tombstone with a version",
              "abandoned",
              "update orders set version = 1 where id = '{abandoned}';"),
          inOrders(
              I8,
              "an event for another customer",
              "shipped",
              "update event set customer_id = '{nobody}' where order_id = '{shipped}' and sequence = 2;"),
          inOrders(
              I8,
              "events removed within a day",
              "forgotten",
              "update orders set updated_at = now() - interval '22 hours' where id = '{forgotten}';"),
          inOrders(
              I8,
              "events removed of an order that goes on",
              "shipped",
              """
              delete from event where order_id = '{shipped}';
              update orders set updated_at = now() - interval '2 days', events_removed_at = now()
               where id = '{shipped}';
              """),
          inOrders(
              I8,
              "events removed in part",
              "delivered",
              """
              delete from event where order_id = '{delivered}' and sequence = 1;
              update orders set updated_at = now() - interval '2 days', events_removed_at = now()
               where id = '{delivered}';
              """),
          inOrders(
              I8,
              "a version that the removed events cannot have led to",
              "undone",
              "update orders set version = 3 where id = '{undone}';"),
          inOrders(
              I8,
              "an event of no order",
              "nobody",
              """
              insert into event (order_id, customer_id, sequence, type, time, data)
              values ('{nobody}', gen_random_uuid(), 1, 'OrderPlaced', now(), '{}');
              """),
          new Mutation(
              I9,
              "a placed order that product has not heard of",
              "placing",
              "update event set time = now() - interval '31 seconds' where order_id = '{placing}';",
              ""),
          new Mutation(
              I9,
              "a cancelled order that product has not heard of",
              "cancelling",
              """
              update event set time = now() - interval '31 seconds'
               where order_id = '{cancelling}' and sequence = 2;
              """,
              ""),
          inOrders(
              I9,
              "something to deliver that never happened",
              "placed",
              """
              insert into refused_event (event_id, order_id, sequence, type)
              values (1000, '{placed}', 2, 'OrderCancelled');
              """),
          inOrders(
              I9,
              "a placed order that the relay has not come to",
              "placed",
              """
              update event set time = now() - interval '31 seconds' where order_id = '{placed}';
              update relay set transaction = '1';
              """),
          new Mutation(I9, "a relay without a position", "relay", "delete from relay;", ""),
          new Mutation(
              I9,
              "a relay with two positions",
              "relay",
              "insert into relay select * from relay;",
              ""),
          new Mutation(
              I9,
              "a relay with another position, of another server",
              "relay",
              "insert into relay select '9000000000', id, epoch, leased_until, instance from relay;",
              ""),
          new Mutation(
              I9,
              "a position of another server",
              "relay",
              "update relay set transaction = '9000000000';",
              ""));

  private EventMutations() {}
}
