-- A zip on its way in. What has come of it lies in parts, each a blob of its own that begins with random bytes, so that it
-- is nobody else's and can be removed with the upload.
create table upload (
  id text primary key,
  owner_id text not null,
  size_bytes bigint not null,
  received_bytes bigint not null default 0,
  -- Of the whole, once it is there as a blob.
  sha256 text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index upload_by_owner on upload (owner_id);
create index upload_by_end on upload (expires_at);

create table upload_part (
  upload_id text not null references upload (id) on delete cascade,
  from_byte bigint not null,
  sha256 text not null,
  primary key (upload_id, from_byte)
);
create index upload_part_by_hash on upload_part (sha256);

-- What somebody wants the dock to take, and what came of it.
create table submission (
  number bigint generated always as identity primary key,
  owner_id text not null,
  -- Given by whoever submits, or by the dock once it is verified.
  learnware_id text,
  island_id text,
  sha256 text not null,
  size_bytes bigint not null,
  -- What is to be changed in the zip before it is verified; null for a zip as it is.
  edit jsonb,
  state text not null check (state in ('waiting', 'running', 'verified', 'refused')),
  checks jsonb not null default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index submission_by_owner on submission (owner_id, number);
create index submission_by_hash on submission (sha256);
create index submission_open on submission (number) where state in ('waiting', 'running');
