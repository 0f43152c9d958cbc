-- A text is also its only event: the view says how. Rows that change need a table of events beside them.
create table entry (
  id          bigint generated always as identity primary key,
  transaction xid8 not null default pg_current_xact_id(),
  subject     uuid not null default gen_random_uuid(),
  time        timestamptz not null default now(),
  text        text not null
);
create index entry_in_order on entry (transaction, id);
create view event_feed as
select id, transaction, '{{Name}}Added' as type, time, subject, 1 as subject_version, 1 as sequence,
       jsonb_build_object('text', text) as data, null as traceparent, null::uuid as audience from entry;
create table event_removed as select '0'::xid8 as transaction, 0::bigint as id;
