create sequence order_number;

-- An order exists if and only if its row is here. An ABANDONED row is a tombstone: it says that there is no such order, and
-- that there never will be one with this id. The id is made of customer and key, so that they are unique needs no index.
create table orders (
  id              uuid primary key,
  status          text not null check (status in ('PLACED', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'ABANDONED')),
  number          bigint unique,
  customer_id     uuid,
  idempotency_key text,
  fingerprint     text,
  currency        text,
  total           bigint check (total >= 0),
  note            text,
  version         integer not null,
  placed_at       timestamptz,
  updated_at      timestamptz not null,
  cancel_reason   text,
  cancelled_at    timestamptz,
  carrier         text,
  tracking_number text,
  shipped_at      timestamptz,
  delivered_at    timestamptz,
  -- When its events were removed, all at once; none comes after them.
  events_removed_at timestamptz,
  check (status = 'ABANDONED'
         or num_nulls(number, customer_id, idempotency_key, fingerprint, currency, total, placed_at) = 0)
);

-- Newest first means backwards, so that new orders come at the end, where an index is cheap to extend. The status at the end
-- of a customer's index sorts out, without looking at the orders, those that were not asked for.
create index orders_of_customer on orders (customer_id, placed_at, id, status);
create index orders_of_all on orders (placed_at, id) where status <> 'ABANDONED';
create index orders_of_all_by_status on orders (status, placed_at, id);

create index orders_with_events_to_remove on orders (updated_at)
  where status in ('DELIVERED', 'CANCELLED') and events_removed_at is null;

-- Lines and events refer to their order without a foreign key: each would look the order up once more, in the transaction
-- that has just written it, and no order is ever deleted.
create table order_line (
  order_id   uuid not null,
  line       integer not null,
  product_id uuid not null,
  sku        text not null,
  name       text not null,
  quantity   integer not null check (quantity > 0),
  unit_price bigint not null check (unit_price >= 0),
  line_total bigint not null,
  primary key (order_id, line),
  check (line_total = unit_price * quantity)
);

-- What happened to each order, 1 to n, written in the transaction of the change.
create table event (
  id              bigint generated always as identity,
  order_id        uuid not null,
  customer_id     uuid not null,
  sequence        integer not null,
  type            text not null,
  time            timestamptz not null,
  data            jsonb not null,
  traceparent     text,
  transaction     xid8 not null default pg_current_xact_id(),
  primary key (order_id, sequence)
);

-- The events that the product service must hear of, each until it has acknowledged it; then its row is deleted. One that was
-- refused too often is parked: it waits for an operator, and so do the later ones of its order. The operator may discard it: it
-- stays here, and the later ones go on.
create table outbox (
  event_id        bigint primary key,
  order_id        uuid not null,
  sequence        integer not null,
  type            text not null,
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  parked_at       timestamptz,
  discarded_at    timestamptz,
  unique (order_id, sequence),
  check (discarded_at is null or parked_at is not null)
);

-- The order in which events are read, by everybody's readers and by a customer's.
create index event_in_order on event (transaction, id);
create index event_in_order_of_customer on event (customer_id, transaction, id);

-- What readers see; an order's version is the number of its last event.
create view event_feed as
select id, transaction, type, time, order_id as subject, sequence as subject_version, sequence, data, traceparent,
       customer_id as audience
  from event;

-- The last place in that order that something was removed from.
create table event_removed (
  transaction xid8 not null,
  id          bigint not null
);

insert into event_removed values ('0', 0);
