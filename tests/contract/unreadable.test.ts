import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { runDockCommand } from "../../src/cli/operate/dock";
import { exportStatic } from "../../src/dock/mirror/static-export";
import { directorySource } from "../../src/dock/mirror/static-source";
import { importStatic } from "../../src/dock/mirror/import-static";
import { Intake } from "../../src/dock/intake/intake";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { Describer } from "../../src/dock/storage/describer";
import { openParts } from "../../src/dock/storage/open-parts";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { toWire } from "../../src/contracts/wire/wire-rkme";
import { describeFor } from "../fixtures/described";
import { island, packageOf, rkmeAround, spaceName } from "../fixtures/learnwares";
import { openDock } from "../fixtures/open-dock";

const newDirectory = () => mkdtemp(join(tmpdir(), "berth-unreadable-"));

async function newDock() {
  const database = await PgliteDatabase.open();
  const store = await SqlStore.open(database);
  const blobs = await FileBlobs.open(await newDirectory());
  const describer = await Describer.create(blobs);
  const onChange = () => Promise.resolve();
  const intake = new Intake({ store, blobs, describer, onChange });
  return { database, store, blobs, describer, intake };
}

let dock: Awaited<ReturnType<typeof newDock>>;

/** A dock with three learnwares, of which `bad` is then changed behind its back. */
beforeAll(async () => {
  dock = await newDock();
  await dock.store.putSpace(island);
  for (const [i, id] of ["fine", "good"].entries()) {
    await dock.intake.take(id, await packageOf(id, { rkme: rkmeAround(1 + i / 10, 0) }), "mirror");
  }
});
beforeEach(async () => dock.intake.take("bad", await packageOf("bad"), "mirror"));
afterAll(async () => dock.store.close());

const ofBad = "number = (select number from learnware where id = 'bad')";
const card = (change: string) => `update learnware_version set card = ${change} where ${ofBad}`;
const specification = (change: string) => async (sql: PgliteDatabase) => {
  const [row] = await sql.query<{ number: number }>("select number from space_version");
  await sql.query(`update specification_${row!.number} set ${change} where ${ofBad}`);
};
const by = (statement: string) => async (sql: PgliteDatabase) => {
  await sql.query(statement);
};

const cards: [string, (sql: PgliteDatabase) => Promise<void>][] = [
  ["a row count beyond what is whole", by(card(`card || '{"rowCount": 1e17}'`))],
  ["a name that is no text", by(card(`card || '{"name": 5}'`))],
  ["no features", by(card("card - 'features'"))],
  ["a task that nobody knows", by(card(`card || '{"task": "divination"}'`))],
  [
    "a description of five million characters",
    by(card(`card || jsonb_build_object('description', repeat('a', 5000000))`)),
  ],
  ["nothing but a list", by(card("'[]'"))],
];
const specifications: [string, (sql: PgliteDatabase) => Promise<void>][] = [
  ["a row count beyond what is whole", specification("row_count = 100000000000000000")],
  ["weights that overflow", specification(`weights = decode(repeat('ffff7f7f', 20), 'hex')`)],
  ["weights that are no numbers", specification(`weights = decode(repeat('0000c07f', 20), 'hex')`)],
  ["fewer points than it says", specification("points = substring(points from 1 for 40)")],
  ["another width", specification("cols = 1, rows = 40")],
  ["an endless radius", specification("radius_squared = 'Infinity'")],
];

const ask = { islandId: island.id, requirement: { form: "reduced", space: spaceName, specification: toWire(rkmeAround(1, 0)) } }; // prettier-ignore

describe("a dock that holds what it would not let in today", () => {
  test.each(cards)("lists and finds the others beside a card with %s", async (_, spoil) => {
    await spoil(dock.database);
    const http = await openDock(dock);
    const get = async (path: string) => {
      const response = await http.request(`/api/v1${path}`);
      return {
        status: response.status,
        body: (await response.json()) as { learnwares?: { id: string }[] },
      };
    };
    const listed = await get("/learnwares");
    expect(listed.status).toBe(200);
    expect(listed.body.learnwares?.map(({ id }) => id)).toEqual(["fine", "good"]); // prettier-ignore
    expect((await get("/learnwares/bad")).status).toBe(404);
    for (const body of [ask, { filter: { text: "prices" }, limit: 2 }]) {
      const found = await http.request("/api/v1/search", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      expect(found.status).toBe(200);
      const { singles } = (await found.json()) as { singles: { learnware: { id: string } }[] };
      expect(singles.map(({ learnware }) => learnware.id).sort()).toEqual(["fine", "good"]);
    }
  });

  test.each(cards)("removes, exports and mirrors with a card with %s", async (_, spoil) => {
    await spoil(dock.database);
    const directory = await newDirectory();
    expect(await exportStatic(dock, directory)).toMatchObject({ learnwares: 2, unreadable: 1 });
    const pulled = await importStatic(directorySource(directory), dock, { origin: "mirror" });
    expect(pulled).toMatchObject({ kept: 2, refused: 0 });
    expect(await dock.intake.remove("bad")).toBe(true);
    expect(await dock.intake.remove("bad")).toBe(false);
    expect((await dock.store.list({}, { limit: 9, offset: 0 })).total).toBe(2);
  });

  test.each(specifications)("finds the others beside a specification with %s", async (_, spoil) => {
    await spoil(dock.database);
    const store = await SqlStore.open(dock.database); // One that has not read it before.
    const http = await openDock({ ...dock, store });
    const found = await http.request("/api/v1/search", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(ask),
    });
    expect(found.status).toBe(200);
    const { singles } = (await found.json()) as { singles: { learnware: { id: string } }[] };
    expect(singles.map(({ learnware }) => learnware.id).sort()).toEqual(["fine", "good"]);
    const space = (await store.findSpace(island.id))!;
    const { sketch } = describeFor(island, rkmeAround(1, 0), 0.5);
    expect(await store.nearest(space, sketch, { limit: 9 })).toHaveLength(2);
    const asked = await http.request("/api/v1/learnwares/bad/specification");
    expect(asked.status).toBe(404);
  });

  test("lets the operator name and remove it, and builds the database anew", async () => {
    const data = await newDirectory();
    const parts = await openParts({ dataDirectory: data });
    await parts.store.putSpace(island);
    await parts.intake.take("bad", await packageOf("bad"), "upload");
    await parts.intake.take("good", await packageOf("good"), "upload");
    await parts.close();
    const database = await PgliteDatabase.open({ directory: join(data, "db") });
    await database.query(card(`card || '{"rowCount": 1e17}'`));
    await database.close();

    const said: string[] = [];
    for (const stream of ["log", "error"] as const) {
      vi.spyOn(console, stream).mockImplementation((line) => said.push(String(line)));
    }
    const run = async (...args: string[]) => {
      said.length = 0;
      await runDockCommand(args, { BERTH_DATA: data });
      return said;
    };
    expect(await run("list")).toContain("bad cannot be read");
    expect(await run("reindex")).toContain("the database has been built anew: 2 learnwares");
    expect(await run("remove", "bad")).toEqual([expect.stringMatching(/^bad: removed/)]);
    vi.restoreAllMocks();
  });
});
