import type { Database } from "../../src/dock/storage/database/database";

const shown = "state in ('current', 'past')";

/** What is half-done or contradicts itself in a dock's database, in words; nothing if all is well. */
export async function brokenIn(database: Database): Promise<string[]> {
  const broken: string[] = [];
  const check = async (what: string, sql: string) => {
    for (const { one } of await database.query<{ one: string }>(sql))
      broken.push(`${what}: ${one}`);
  };
  await check(
    "island without exactly one current version",
    `select id as one from island where 1 <> (select count(*) from island_version v
       where v.island_id = island.id and state = 'current')`,
  );
  await check(
    "tables without a version that is kept",
    `select relname as one from pg_class where relname ~ '^(sketch|specification)_\\d+$'
       and substring(relname from '\\d+$')::int not in
         (select space from island_version where state <> 'retired')`,
  );
  await check(
    "version without a table or an index",
    `select name as one from island_version, unnest(array['specification_' || space,
       'sketch_' || space, 'sketch_' || space || '_near']) as name
     where ${shown} and to_regclass(name) is null`,
  );
  await check(
    "learnware without its package and card",
    `select id as one from learnware l where not exists (select 1 from learnware_version v
       where v.number = l.number and v.version = l.version and v.card ->> 'id' = l.id
         and v.card ->> 'islandId' = l.island_id and v.card ->> 'target' = l.target)`,
  );
  await check(
    "island that counts wrongly",
    `select i.id as one from island i
     where learnware_count <> (select count(*) from learnware l
         where l.island_id = i.id and deleted_at is null)
       or targets <> array(select distinct target from learnware l
         where l.island_id = i.id and deleted_at is null order by target)`,
  );
  if (broken.length > 0) return broken; // Tables may be missing.

  const spaces = await database.query<{ space: number; island_id: string; state: string }>(
    `select space, island_id, state from island_version where ${shown}`,
  );
  for (const { space, island_id, state } of spaces) {
    const onIsland = `l.island_id = '${island_id}' and l.deleted_at is null`;
    await check(
      `sketch or specification without the other on ${space}`,
      `select coalesce(s.number, k.number)::text as one
       from specification_${space} s full join sketch_${space} k using (number)
       where s.number is null or k.number is null`,
    );
    await check(
      `specification of another version or of no learnware on ${space}`,
      `select s.number::text as one from specification_${space} s
       where not exists (select 1 from learnware l
         where l.number = s.number and l.version = s.version and ${onIsland})`,
    );
    if (state !== "current") continue;
    await check(
      `learnware without a specification on ${space}`,
      `select l.id as one from learnware l where ${onIsland}
       and not exists (select 1 from specification_${space} s where s.number = l.number)`,
    );
  }
  return broken;
}
