-- What a list of learnwares is searched, narrowed and put in order by. The dock makes it of the cards, those that were
-- there before included: `catalogued` says by which version of its rules, and 0 that nobody has.
alter table learnware drop column words;
alter table learnware add column words tsvector not null default '';
alter table learnware add column size_bytes bigint not null default 0;
alter table learnware add column row_count bigint not null default 0;
-- Of the trivial error, the share that it takes away; null where nothing was measured.
alter table learnware add column skill double precision;
alter table learnware add column sort_name text collate "C" not null default '';
alter table learnware add column catalogued integer not null default 0;
create index learnware_by_word on learnware using gin (words);
create index learnware_catalogued on learnware (catalogued);

-- Every plain word of any learnware, for those that were misspelt; words of learnwares that are gone do no harm.
create table search_word (word text collate "C" primary key);
