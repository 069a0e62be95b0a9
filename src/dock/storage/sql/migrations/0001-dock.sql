-- What earlier versions kept was the starter alone, which is imported again.
drop table if exists specification, learnware, island;

create extension if not exists vector;
create extension if not exists pg_trgm;

create table island (
  id text primary key,
  learnware_count integer not null default 0,
  -- How many there were when its scaling was last estimated.
  estimated_count integer not null default 0,
  targets text[] not null default '{}',
  -- Goes up with every change of the island or of what is on it.
  changes bigint not null default 0
);

-- Each published version of an island is a space of its own: sketches of two versions do not compare.
create table island_version (
  space integer generated always as identity primary key,
  island_id text not null references island (id) on delete cascade,
  version integer not null,
  -- Of a retired version only the document is left: packages may still be described on its scale.
  state text not null check (state in ('building', 'current', 'past', 'retired')),
  document jsonb not null,
  created_at timestamptz not null default now(),
  unique (island_id, version)
);
create unique index island_version_current on island_version (island_id) where state = 'current';

create table learnware (
  number bigint generated always as identity primary key,
  id text not null unique,
  island_id text not null references island (id),
  -- Counts the packages that were accepted under this id.
  version integer not null,
  task text not null,
  target text not null,
  origin text not null,
  name text not null,
  description text not null,
  -- `key:value` of every value of the semantic specification.
  tags text[] not null,
  -- The learnware that makes this one redundant.
  covered_by text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  search_text text not null generated always as (lower(name || ' ' || description)) stored,
  words tsvector not null generated always as (to_tsvector('simple', name || ' ' || description)) stored
);
create index learnware_by_island on learnware (island_id, id) where deleted_at is null;
create index learnware_by_target on learnware (island_id, target) where deleted_at is null;
create index learnware_covered on learnware (covered_by) where covered_by is not null;
create index learnware_deleted on learnware (deleted_at) where deleted_at is not null;
create index learnware_by_tag on learnware using gin (tags);
create index learnware_by_text on learnware using gin (search_text gin_trgm_ops);
create index learnware_by_word on learnware using gin (words);

create table learnware_version (
  number bigint not null references learnware (number) on delete cascade,
  version integer not null,
  sha256 text not null,
  card jsonb not null,
  created_at timestamptz not null default now(),
  primary key (number, version)
);
create index learnware_version_by_hash on learnware_version (sha256);

-- Each space has a table of specifications and one of sketches of its own, `specification_<space>`
-- and `sketch_<space>`, made after these two, which stay empty. Partitions would lock all searches
-- whenever one comes or goes. They refer to learnwares without foreign keys, whose checks would
-- double the time of a bulk load.

-- Points and weights are float32, little-endian, row-major: what goes over the wire.
create table specification (
  number bigint primary key,
  version integer not null,
  rows integer not null,
  cols integer not null,
  points bytea not null,
  weights bytea not null,
  row_count bigint not null,
  radius_squared double precision not null,
  self_product double precision not null
);
alter table specification alter points set storage external, alter weights set storage external;

create table sketch (
  number bigint primary key,
  task text not null,
  numbers SKETCH_TYPE(512) not null
);
-- Beside the table they would be slow to read, and the planner would not see how much there is.
alter table sketch alter numbers set storage plain;

create table event (
  number bigint generated always as identity primary key,
  at timestamptz not null default now(),
  kind text not null,
  island_id text,
  learnware_id text,
  detail jsonb not null default '{}'
);

create table job (
  number bigint generated always as identity primary key,
  kind text not null,
  -- What it is about; of one kind and subject at most one waits.
  subject text not null,
  run_after timestamptz not null default now(),
  -- Whoever took it has it until then; a worker that died loses it.
  taken_until timestamptz,
  attempts integer not null default 0,
  problem text,
  created_at timestamptz not null default now()
);
create unique index job_waiting on job (kind, subject) where taken_until is null;
create index job_due on job (run_after);
