create table if not exists product (
  id          uuid primary key,
  sku         text not null unique,
  name        text not null,
  description text not null,
  category    text not null,
  amount      bigint not null,
  currency    text not null,
  available   bigint not null check (available >= 0)
);

create index if not exists product_by_name on product (name, id);

create table if not exists customer_order (
  id              uuid primary key,
  customer_id     uuid not null,
  idempotency_key text not null,
  status          text not null,
  currency        text not null,
  total           bigint not null,
  placed_at       timestamptz not null,
  unique (customer_id, idempotency_key)
);

create index if not exists customer_order_of_customer on customer_order (customer_id, placed_at desc, id desc);

create table if not exists order_line (
  order_id   uuid not null references customer_order,
  line       integer not null,
  product_id uuid not null references product,
  sku        text not null,
  name       text not null,
  quantity   integer not null,
  unit_price bigint not null,
  primary key (order_id, line)
);
