-- Where an account has been used: there its holder logs in whatever strangers do elsewhere.
create table known_place (
  account_id uuid not null references account on delete cascade,
  -- SHA-256 of account and address.
  place bytea not null,
  seen_at timestamptz not null default now(),
  primary key (account_id, place)
);

create index known_place_age on known_place (seen_at);

-- Equal for emails that people take for the same; email_key knows less. Null for an account of an
-- earlier build until it is folded, and for good where another account has the same.
alter table account add column email_fold text collate "C" unique;

create index account_unfolded on account (id) where email_fold is null;
