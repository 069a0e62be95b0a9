-- People. Of every secret there is only a hash here: argon2id of passwords, SHA-256 of what is random anyway.
create table account (
  id text primary key,
  email text not null,
  -- The address as it is compared: in lower case.
  email_key text not null unique,
  name text not null,
  role text not null check (role in ('user', 'admin')),
  password_hash text not null,
  created_at timestamptz not null default now(),
  -- Since when nobody can come in by it.
  disabled_at timestamptz
);

create table session (
  hash text primary key,
  account_id text not null references account (id) on delete cascade,
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_by_account on session (account_id);
create index session_by_end on session (expires_at);

create table access_token (
  id text primary key,
  account_id text not null references account (id) on delete cascade,
  name text not null,
  hash text not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index access_token_by_account on access_token (account_id);

-- What a link carries, good for one thing, once.
create table one_time_code (
  hash text primary key,
  purpose text not null check (purpose in ('confirm', 'invite', 'admin', 'reset')),
  -- Null of an admin's, who says it when the link is opened.
  email_key text,
  email text,
  role text not null default 'user' check (role in ('user', 'admin')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index one_time_code_by_email on one_time_code (email_key, purpose);

-- Who may change a learnware and take it out; null where only an admin may.
alter table learnware add column owner_id text references account (id) on delete set null;
create index learnware_by_owner on learnware (owner_id) where owner_id is not null;

-- How often something was done in a day, never by whom: searches, and downloads of each learnware.
create table use_count (
  day date not null,
  kind text not null,
  learnware_id text not null default '',
  count bigint not null,
  primary key (day, kind, learnware_id)
);
create index use_count_by_learnware on use_count (learnware_id, kind) where learnware_id <> '';
