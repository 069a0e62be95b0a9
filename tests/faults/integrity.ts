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
    "space without exactly one current version, or without an island",
    `select id as one from space where 1 <> (select count(*) from space_version v
       where v.space_id = space.id and state = 'current')
       or not exists (select 1 from island i where i.space_id = space.id)`,
  );
  await check(
    "tables without a version that is kept",
    `select relname as one from pg_class where relname ~ '^(sketch|specification)_\\d+$'
       and substring(relname from '\\d+$')::int not in
         (select number from space_version where state <> 'retired')`,
  );
  await check(
    "version without a table or an index",
    `select name as one from space_version v, unnest(array['specification_' || v.number,
       'sketch_' || v.number, 'sketch_' || v.number || '_near']) as name
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
  await check(
    "space that counts wrongly",
    `select s.id as one from space s where learnware_count <>
       (select sum(learnware_count) from island i where i.space_id = s.id)`,
  );
  if (broken.length > 0) return broken; // Tables may be missing.

  const spaces = await database.query<{ space: number; space_id: string; state: string }>(
    `select number as space, space_id, state from space_version where ${shown}`,
  );
  for (const { space, space_id, state } of spaces) {
    const inSpace = `l.island_id in (select id from island where space_id = '${space_id}')
      and l.deleted_at is null`;
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
         where l.number = s.number and l.version = s.version and ${inSpace})`,
    );
    if (state !== "current") continue;
    await check(
      `learnware without a specification on ${space}`,
      `select l.id as one from learnware l where ${inSpace}
       and not exists (select 1 from specification_${space} s where s.number = l.number)`,
    );
  }
  return broken;
}
