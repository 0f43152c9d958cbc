-- An order is one row and one event: its lines are in the row, as [product, sku, name, quantity, unit price], and the
-- product service hears of it from the event log. An instance of the version before fails from here on at all that concerns
-- orders, because tables and columns that it writes are gone. Whatever it was writing is committed before this begins.
lock table orders, order_line, event, outbox in access exclusive mode;

-- What every order has comes first, in an order that leaves no gaps.
create table order_with_lines (
  id                uuid not null,
  customer_id       uuid,
  number            bigint,
  total             bigint,
  placed_at         timestamptz,
  updated_at        timestamptz not null,
  version           integer not null,
  status            text not null,
  idempotency_key   text,
  fingerprint       bytea,
  currency          text,
  lines             json,
  note              text,
  cancel_reason     text,
  cancelled_at      timestamptz,
  carrier           text,
  tracking_number   text,
  shipped_at        timestamptz,
  delivered_at      timestamptz,
  -- When its events were removed, all at once; none comes after them.
  events_removed_at timestamptz
);

insert into order_with_lines
select id, customer_id, number, total, placed_at, updated_at, version, status, idempotency_key,
       substr(decode(fingerprint, 'hex'), 1, 16), currency,
       (select json_agg(json_build_array(product_id, sku, name, quantity, unit_price) order by line)
          from order_line where order_id = orders.id),
       note, cancel_reason, cancelled_at, carrier, tracking_number, shipped_at, delivered_at, events_removed_at
  from orders order by placed_at, id;

drop table orders, order_line;
alter table order_with_lines rename to orders;
alter table orders
  add primary key (id),
  add constraint orders_status_check check (status in ('PLACED', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'ABANDONED')),
  add constraint orders_total_check check (total >= 0),
  add constraint orders_check check (
    status = 'ABANDONED'
    or num_nulls(number, customer_id, idempotency_key, fingerprint, currency, total, placed_at, lines) = 0);

-- Newest first means backwards, so that new orders come at the end, where an index is cheap to extend. The status at the end
-- of a customer's index sorts out, without looking at the orders, those that were not asked for. All orders are listed by
-- merging those of each status; the few of one moment are sorted by their ids.
create unique index orders_by_number on orders (number);
create index orders_of_customer on orders (customer_id, placed_at, id, status);
create index orders_by_status on orders (status, placed_at);
create index orders_with_events_to_remove on orders (updated_at)
  where status in ('DELIVERED', 'CANCELLED') and events_removed_at is null;

-- The first event of an order has its data in columns, and the trace context is in binary: trace id, parent id and flags.
drop view event_feed;
alter table event
  add column total bigint,
  add column currency text,
  alter column data drop not null;
update event set total = (data ->> 'total')::bigint, currency = data ->> 'currency', data = null where type = 'OrderPlaced';
alter table event alter column traceparent type bytea using
  case when traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'
       then decode(replace(substr(traceparent, 4), '-', ''), 'hex') end;
alter table event rename column traceparent to trace;
alter table event add constraint event_data_check check (num_nulls(data, total) = 1 and num_nulls(data, currency) = 1);

-- What readers see, as before; an order's version is the number of its last event.
create view event_feed as
select id, transaction, type, time, order_id as subject, sequence as subject_version, sequence,
       coalesce(data, jsonb_build_object('customerId', customer_id, 'total', total, 'currency', currency)) as data,
       '00-' || encode(substr(trace, 1, 16), 'hex') || '-' || encode(substr(trace, 17, 8), 'hex')
         || '-' || encode(substr(trace, 25), 'hex') as traceparent,
       customer_id as audience
  from event;

-- Up to which event the product service was told, and by which instance. Whoever takes the lease raises the epoch, and
-- only who knows the epoch moves the position: an instance that was frozen meanwhile cannot.
create table relay (
  transaction  xid8 not null,
  id           bigint not null,
  epoch        bigint not null,
  leased_until timestamptz not null,
  instance     text
) with (fillfactor = 10);

-- After the events that there are: what of them is not acknowledged is in the next table. Those that are so new that a
-- transaction of their time is open are delivered again, which changes nothing.
insert into relay select pg_snapshot_xmin(pg_current_snapshot()), 0, 0, '-infinity', null;

-- The events that the product service refused, and the later ones of their orders, which wait behind them; each until it
-- is acknowledged. One that was refused too often is parked: it waits for an operator. The operator may discard it: it stays
-- here, and the later ones go on.
alter table outbox rename to refused_event;
alter index outbox_pkey rename to refused_event_pkey;
alter index outbox_order_id_sequence_key rename to refused_event_order_id_sequence_key;
alter table refused_event rename constraint outbox_check to refused_event_check;

-- The events that the product service must hear of and has not acknowledged, discarded ones too.
create view undelivered as
select event_id, order_id, sequence, type,
       (select time from event
         where event.order_id = refused_event.order_id and event.sequence = refused_event.sequence) as time,
       attempts, parked_at, discarded_at
  from refused_event
union all
select event.id, order_id, sequence, type, time, 0, null, null
  from relay join event on (event.transaction, event.id) > (relay.transaction, relay.id)
 where type in ('OrderPlaced', 'OrderCancelled');
