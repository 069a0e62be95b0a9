import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { LearnwareCard } from "../../src/contracts/http/dock-api";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { searchSettings } from "../../src/dock/storage/sql/sql-search";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { putOnBook } from "../fixtures/put-on-book";
import { brokenIn } from "../faults/integrity";
import { cardOf, island } from "../fixtures/learnwares";

const MIGRATIONS = join(import.meta.dirname, "../../src/dock/storage/sql/migrations");
/** The last one before spaces and islands were two things. */
const LAST = "0004";

/** A database as docks left it when an island had a scale of its own, and any number of targets. */
async function databaseOfBefore(): Promise<PgliteDatabase> {
  const database = await PgliteDatabase.open({ sessionSettings: searchSettings, isBare: true });
  await database.script(
    "create table migration (name text primary key, applied_at timestamptz not null default now())",
  );
  for (const name of (await readdir(MIGRATIONS)).sort()) {
    if (name > `${LAST}~`) continue;
    const sql = await readFile(join(MIGRATIONS, name), "utf8");
    await database.script(sql.replaceAll("SKETCH_TYPE", database.vectorType));
    await database.query("insert into migration (name) values ($1)", [name]);
  }
  const targets = ["price", "rent"];
  await database.query("insert into island (id, learnware_count, targets) values ($1, 3, $2)", [
    ...[island.id, targets],
  ]);
  await database.query("insert into island (id) values ('empty')");
  for (const id of [island.id, "empty"]) {
    const [row] = await database.query<{ space: number }>(
      `insert into island_version (island_id, version, state, document)
       values ($1, 1, 'current', $2) returning space`,
      [id, JSON.stringify({ ...island, id })],
    );
    for (const table of ["specification", "sketch"]) {
      await database.script(`create table ${table}_${row!.space} (like ${table} including all)`);
    }
  }
  const put = async (id: string, target: string) => {
    const { name, description } = cardOf(id);
    const [row] = await database.query<{ number: string }>(
      `insert into learnware (id, island_id, version, task, target, origin, name, description, tags)
       values ($1, $2, 1, 'regression', $3, 'upload', $4, $5, '{}') returning number`,
      [id, island.id, target, name, description],
    );
    const { sha256 } = cardOf(id);
    const card: Partial<LearnwareCard> = { ...cardOf(id), target };
    delete card.kind; // Old cards had none.
    await database.query(
      "insert into learnware_version (number, version, sha256, card) values ($1, 1, $2, $3)",
      [row!.number, sha256, JSON.stringify(card)],
    );
    await database.query(
      `insert into specification_1 select $1, 1, 1, 2, decode('0000803f00000040', 'hex'),
         decode('0000803f', 'hex'), 100, 0.5, 1`,
      [row!.number],
    );
    const sketch = `[${Array.from({ length: 512 }, () => "0.5").join()}]`;
    await database.query(`insert into sketch_1 values ($1, 'regression', $2)`, [
      ...[row!.number, sketch],
    ]);
  };
  await put("a", "price");
  await put("b", "price");
  await put("c", "rent");
  return database;
}

test("an island of before becomes a space, with an island for each of its targets", async () => {
  const database = await databaseOfBefore();
  const store = await SqlStore.open(database);
  expect(await store.islands()).toMatchObject([
    { id: "empty", question: null, learnwareCount: 0, space: { id: "empty" } },
    {
      id: "houses",
      name: "Houses",
      question: { form: "target", target: "price" },
      learnwareCount: 2,
      targets: ["price"],
      space: { id: "houses", version: 1 },
    },
    {
      id: expect.stringMatching(/^houses-[0-9a-f]{8}$/) as string,
      name: "Houses: rent",
      question: { form: "target", target: "rent" },
      learnwareCount: 1,
      targets: ["rent"],
      space: { id: "houses", version: 1 },
    },
  ]);
  const rent = (await store.islands())[2]!;
  expect(await store.find("c")).toMatchObject({ islandId: rent.id, kind: "table" });
  expect(await store.find("a")).toMatchObject({ islandId: "houses" });
  expect((await store.growth("houses"))?.count).toBe(3);
  const space = (await store.findSpace("houses"))!;
  const sketch = new Float32Array(512).fill(0.5);
  const found = async (islandId?: string) =>
    (await store.nearest(space, sketch, { limit: 9, islandId })).map(({ id }) => id).sort();
  expect(await found()).toEqual(["a", "b", "c"]);
  expect(await found("houses")).toEqual(["a", "b"]);
  expect(await found(rent.id)).toEqual(["c"]);
  expect(await brokenIn(database)).toEqual([]);

  const blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-migrate-")));
  const { book, version } = await putOnBook({ store, blobs }, "houses");
  expect(version).toBe(2);
  expect((await store.findSpecification("a"))?.rkme).toMatchObject({ book: book!.sha256 });
  expect((await store.findSpecification("a", 1))?.rkme).toMatchObject({ rows: 1 });
  expect(await brokenIn(database)).toEqual([]);
  await store.close();
});
