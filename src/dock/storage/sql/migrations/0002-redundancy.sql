-- Whether it was decided if another learnware makes this one redundant.
alter table learnware add column is_decided boolean not null default false;
create index learnware_undecided on learnware (island_id, number) where not is_decided and deleted_at is null;
