create table event (
  id          bigint generated always as identity primary key,
  transaction xid8 not null default pg_current_xact_id(),
  type        text not null,
  subject     uuid not null,
  sequence    bigint not null,
  time        timestamptz not null default now(),
  audience    uuid
);

create view event_feed as
select id, transaction, type, time, subject, sequence as subject_version, sequence, '{"some": "data"}'::jsonb as data,
       null::text as traceparent, audience
  from event;

create table event_removed (
  transaction xid8 not null,
  id          bigint not null
);

insert into event_removed values ('0', 0);
