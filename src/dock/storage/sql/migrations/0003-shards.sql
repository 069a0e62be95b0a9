-- Shards merge pages of learnwares by id, which they must order alike, whatever their locale is.
alter table learnware alter column id type text collate "C";

-- The three below are of use only in the main database of a dock that has several. Number 0 stands
-- for that database itself.
create table shard (
  number integer primary key generated always as identity,
  name text not null unique
);

-- An island stays where it was first put, and so does a learnware's id.
create table island_shard (
  island_id text primary key,
  shard integer not null
);
create table learnware_shard (
  learnware_id text primary key,
  shard integer not null
);
