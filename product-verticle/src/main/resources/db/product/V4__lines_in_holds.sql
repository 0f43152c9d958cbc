-- A hold is one row: its lines are in it, as [product, sku, name, quantity, amount, currency]. An instance of the version
-- before fails from here on at all that concerns holds, because the table of their lines is gone.
lock table hold, hold_line, ledger in access exclusive mode;

-- What a settlement changes comes last, so that the log needs only the end of the row. Half of a page is kept for that.
create table hold_with_lines (
  order_id         uuid not null,
  expires_at       timestamptz not null,
  fingerprint      bytea not null,
  -- Null when they were removed.
  lines            json,
  state            text not null default 'HELD',
  settled_at       timestamptz,
  lines_removed_at timestamptz
) with (fillfactor = 50);

insert into hold_with_lines (order_id, expires_at, fingerprint, lines, state, settled_at, lines_removed_at)
select order_id, expires_at, substr(decode(fingerprint, 'hex'), 1, 16),
       (select json_agg(json_build_array(product_id, sku, name, quantity, amount, currency) order by line_no)
          from hold_line where hold_line.order_id = hold.order_id),
       state, settled_at, lines_removed_at
  from hold order by created_at;

drop table hold, hold_line;
alter table hold_with_lines rename to hold;
alter table hold
  add primary key (order_id),
  add constraint hold_state_check check (state in ('HELD', 'COMMITTED', 'RELEASED', 'RETURNED')),
  add constraint hold_removal_check check (lines_removed_at is null or (state <> 'HELD' and lines is null));

create index hold_to_expire on hold (expires_at) where state = 'HELD';

-- Entries are found by their product; the number alone was looked for by nobody. The id of what an order sold or returned
-- follows from the number.
drop index ledger_of_product;
alter table ledger
  drop constraint ledger_pkey,
  add primary key (product_id, number),
  alter column id drop not null;
