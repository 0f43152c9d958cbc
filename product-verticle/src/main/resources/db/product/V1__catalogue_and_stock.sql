-- The catalogue. What a list can be sorted by has an index that also covers its most selective filters;
-- the id breaks ties, so that a page begins exactly where the one before ended.
create table product (
  id uuid primary key,
  sku text not null constraint product_sku_taken unique,
  name text not null,
  description text not null,
  category text not null,
  amount bigint not null check (amount >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  attributes jsonb not null,
  status text not null default 'active' check (status in ('active', 'archived')),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- By name without regard to case, and the same on every machine: no collation of the operating system is involved.
  -- A cursor carries it, escaped, in at most 1,024 characters, so it ends early.
  name_key text collate "C" not null generated always as (left(lower(name collate "pg_c_utf8"), 50)) stored,
  search tsvector not null generated always as (
    to_tsvector('simple', sku)
    -- The parts of a SKU too, whatever joins them: -75 would be a number with a sign.
    || to_tsvector('simple', translate(sku, '._-', '   '))
    || to_tsvector('english', name)
    || to_tsvector('english', description)
    || to_tsvector('english', category)
  ) stored
);

create index product_by_name on product (status, name_key, id);
create index product_by_price on product (status, amount, id);
create index product_by_age on product (status, created_at, id);
create index product_of_category_by_name on product (category, status, name_key, id);
create index product_of_category_by_price on product (category, status, amount, id);
create index product_of_category_by_age on product (category, status, created_at, id);
-- Without a list of what is yet to be entered, which every search would read.
create index product_by_words on product using gin (search) with (fastupdate = off);

-- Every price a product has had, and since when.
create table price_history (
  product_id uuid not null references product,
  version bigint not null,
  valid_from timestamptz not null,
  amount bigint not null,
  currency text not null,
  primary key (product_id, version)
);

-- A row of its own, so that orders do not meet those who edit the catalogue. What is available is the difference.
create table stock (
  product_id uuid primary key references product,
  on_hand bigint not null,
  reserved bigint not null default 0,
  constraint stock_in_bounds check (0 <= reserved and reserved <= on_hand)
) with (fillfactor = 50);

-- Holds, lines and ledger refer to each other and to products without foreign keys: each would lock a row more for
-- every line of every order, and no product and no hold is ever deleted. A hold that was settled long ago loses its lines;
-- its row stays, so that whatever still comes for its order finds that all is done.
create table hold (
  order_id uuid primary key,
  state text not null default 'HELD' check (state in ('HELD', 'COMMITTED', 'RELEASED', 'RETURNED')),
  fingerprint text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  lines_removed_at timestamptz,
  check (lines_removed_at is null or state <> 'HELD')
);

create index hold_to_expire on hold (expires_at) where state = 'HELD';
create index hold_with_lines_to_remove on hold (settled_at, order_id) where state <> 'HELD' and lines_removed_at is null;

create table hold_line (
  order_id uuid not null,
  line_no integer not null,
  product_id uuid not null,
  sku text not null,
  name text not null,
  quantity integer not null check (quantity > 0),
  amount bigint not null,
  currency text not null,
  primary key (order_id, line_no)
);

-- Every change of what is on hand. The number follows the order of the changes of one product.
create table ledger (
  number bigint generated always as identity primary key,
  id uuid not null default gen_random_uuid(),
  product_id uuid not null,
  delta bigint not null,
  reason text not null,
  order_id uuid,
  idempotency_key text,
  on_hand bigint not null,
  created_at timestamptz not null default now()
);

create index ledger_of_product on ledger (product_id, number);
create unique index ledger_key on ledger (product_id, idempotency_key) where idempotency_key is not null;
create index ledger_key_by_age on ledger (created_at) where idempotency_key is not null;

-- What happened to each product, 1 to n. Whoever writes one locks the product's number (see ProductEvents) before anything
-- else, so that of one product the later event is also of the later transaction.
create table event (
  id bigint generated always as identity primary key,
  transaction xid8 not null default pg_current_xact_id(),
  type text not null,
  time timestamptz not null default clock_timestamp(),
  subject uuid not null,
  subject_version bigint not null,
  sequence bigint not null,
  data jsonb not null,
  traceparent text,
  unique (subject, sequence)
);

-- The order in which events are read.
create index event_in_order on event (transaction, id);

-- What readers see: administrators alone.
create view event_feed as
select id, transaction, type, time, subject, subject_version, sequence, data, traceparent, null::uuid as audience
from event;

-- The last place in that order that something was removed from.
create table event_removed (
  transaction xid8 not null,
  id bigint not null
);

insert into event_removed values ('0', 0);
