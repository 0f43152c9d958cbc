create table account (
  id uuid primary key,
  email text not null,
  -- Folded by the service, so that it does not depend on the locale of the database.
  email_key text collate "C" not null unique,
  name text not null,
  password_hash text not null,
  roles text[] not null check (roles <@ array['admin', 'customer']),
  disabled boolean not null default false,
  created_at timestamptz not null default now()
);

create index account_administrators on account (id) where 'admin' = any (roles) and not disabled;

-- What one login began: the family of all its refresh tokens.
create table session (
  id uuid primary key,
  account_id uuid not null references account,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  -- When its newest refresh token expires.
  expires_at timestamptz not null,
  -- When its newest access token expires.
  access_expires_at timestamptz not null,
  ended_at timestamptz
);

create index session_live on session (account_id, created_at, id) where ended_at is null;
create index session_ended on session (access_expires_at) where ended_at is not null;
create index session_expiry on session (expires_at);

create table refresh_token (
  -- SHA-256: the token has 256 random bits, so there is nothing to guess and nothing to slow down.
  hash bytea primary key,
  session_id uuid not null references session on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);

create index refresh_token_session on refresh_token (session_id, used_at);
create index refresh_token_expiry on refresh_token (expires_at);

create table login_failure (
  -- SHA-256 of the email, whether it has an account or not; people type passwords there.
  email_hash bytea primary key,
  failures integer not null,
  failed_at timestamptz not null,
  blocked_until timestamptz
);

create index login_failure_age on login_failure (failed_at);

create table signing_key (
  -- RFC 7638 thumbprint of the public key.
  kid text primary key,
  -- The public key as RFC 7517 has it.
  jwk text not null,
  -- PKCS #8. Whoever reads this column can sign tokens.
  private_key bytea not null,
  active_from timestamptz not null,
  -- Null while no later key was made.
  published_until timestamptz
);
