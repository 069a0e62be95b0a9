-- A space is what makes specifications comparable: sketches, index and estimates are its own. An island
-- is the learnwares of one space that answer the same question.
alter table island rename to space;
alter table island_version rename to space_version;
alter table space_version rename column space to number;
alter table space_version rename column island_id to space_id;
alter index island_version_current rename to space_version_current;

create table island (
  id text primary key,
  space_id text not null references space (id) on delete cascade,
  name text not null,
  description text not null,
  -- Null until the first learnware tells it.
  question jsonb,
  learnware_count integer not null default 0,
  targets text[] not null default '{}'
);
create index island_by_space on island (space_id);

insert into island (id, space_id, name, description, learnware_count, targets)
select s.id, s.id, v.document ->> 'name', v.document ->> 'description', s.learnware_count, s.targets
from space s join space_version v on v.space_id = s.id and v.state = 'current';

alter table learnware drop constraint learnware_island_id_fkey;

-- What an island predicts most keeps its name; every other target is an island of its own now.
create temporary table answered on commit drop as
select island_id, target, count(*) filter (where deleted_at is null)::int as living,
  row_number() over (partition by island_id
    order by count(*) filter (where deleted_at is null) desc, target) as place,
  case when row_number() over (partition by island_id
    order by count(*) filter (where deleted_at is null) desc, target) = 1 then island_id
    else left(island_id, 54) || '-' || left(md5(target), 8) end as id
from learnware group by island_id, target;

update island i set question = jsonb_build_object('form', 'target', 'target', a.target),
  learnware_count = a.living, targets = case when a.living > 0 then array[a.target] else '{}' end
from answered a where a.id = i.id;
insert into island (id, space_id, name, description, question, learnware_count, targets)
select a.id, a.island_id, left(i.name || ': ' || a.target, 120), i.description,
  jsonb_build_object('form', 'target', 'target', a.target), a.living,
  case when a.living > 0 then array[a.target] else '{}' end
from answered a join island i on i.id = a.island_id where a.place > 1;
update learnware_version v set card = jsonb_set(v.card, '{islandId}', to_jsonb(a.id))
from learnware l join answered a using (island_id, target)
where v.number = l.number and a.place > 1 and v.card ->> 'target' = a.target;
update learnware l set island_id = a.id from answered a
where a.island_id = l.island_id and a.target = l.target and a.place > 1;

alter table learnware add foreign key (island_id) references island (id);
alter table space drop column targets;
