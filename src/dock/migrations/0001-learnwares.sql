create table island (
  id text primary key,
  version integer not null,
  document jsonb not null
);

create table learnware (
  id text primary key,
  island_id text not null references island (id),
  task text not null,
  origin text not null,
  sha256 text not null,
  card jsonb not null
);

create index learnware_by_island on learnware (island_id, task, id);

-- Points and weights are float32, little-endian, row-major: what goes over the wire.
create table specification (
  learnware_id text primary key references learnware (id) on delete cascade,
  island_version integer not null,
  rows integer not null,
  cols integer not null,
  points bytea not null,
  weights bytea not null,
  gamma double precision not null,
  row_count bigint not null,
  radius_squared double precision not null
);
