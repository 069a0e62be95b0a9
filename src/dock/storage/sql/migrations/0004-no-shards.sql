-- PostgreSQL itself spreads spaces over servers now (docs/operating.md).
do $$ begin
  if exists (select 1 from island_shard where shard <> 0) then
    raise exception 'islands of this dock are on shards: export it with the version before, and pull it into a new one';
  end if;
end $$;
drop table shard, island_shard, learnware_shard;
