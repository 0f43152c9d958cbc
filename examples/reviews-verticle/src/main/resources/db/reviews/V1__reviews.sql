create table review (
  id          uuid not null default gen_random_uuid(),
  product_id  uuid not null,
  customer_id uuid not null,
  order_id    uuid not null,
  rating      integer not null check (rating between 1 and 5),
  text        text not null,
  version     integer not null default 1,
  written_at  timestamptz not null default clock_timestamp(),
  changed_at  timestamptz not null default clock_timestamp(),
  primary key (product_id, customer_id)
);

create index review_newest on review (product_id, written_at, id);

-- The sum of a product's reviews, so that its average costs one row however many there are.
create table product_rating (
  product_id uuid primary key,
  reviews    bigint not null,
  stars      bigint not null
);

-- What happened to each review, 1 to n, written in the transaction of the change.
create table event (
  id          bigint generated always as identity primary key,
  transaction xid8 not null default pg_current_xact_id(),
  type        text not null,
  time        timestamptz not null default clock_timestamp(),
  subject     uuid not null,
  sequence    integer not null,
  customer_id uuid not null,
  data        jsonb not null,
  traceparent text,
  unique (subject, sequence)
);

-- The order in which events are read, by everybody's readers and by a customer's.
create index event_in_order on event (transaction, id);
create index event_in_order_of_customer on event (customer_id, transaction, id);

-- What readers see: customers their own events, administrators all.
create view event_feed as
select id, transaction, type, time, subject, sequence as subject_version, sequence, data, traceparent,
       customer_id as audience
  from event;

-- The last place in that order that something was removed from: nothing was yet.
create table event_removed (
  transaction xid8 not null,
  id          bigint not null
);

insert into event_removed values ('0', 0);
