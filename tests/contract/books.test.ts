import { tableSpace } from "../../src/engine/kinds/space";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { staticPaths } from "../../src/contracts/static/static-dock";
import { weightsFromWire } from "../../src/contracts/wire/wire-on-book";
import { Describer } from "../../src/dock/storage/describer";
import { Intake } from "../../src/dock/intake/intake";
import { collect } from "../../src/dock/jobs/collect";
import { moveIsland } from "../../src/dock/jobs/move-island";
import { ReEstimation } from "../../src/dock/jobs/re-estimate";
import { importStatic } from "../../src/dock/mirror/import-static";
import { exportStatic } from "../../src/dock/mirror/static-export";
import { directorySource } from "../../src/dock/mirror/static-source";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { readAll } from "../../src/dock/storage/blobs/read-all";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { openParts, type StorageParts } from "../../src/dock/storage/open-parts";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { runDockCommand } from "../../src/cli/operate/dock";
import { onBook } from "../../src/engine/specification/book/book";
import { packShares, unpackShares } from "../../src/engine/specification/book/shares";
import { decodeBook } from "../../src/engine/specification/files/book-file";
import { encodeStat } from "../../src/engine/specification/files/codec";
import { tableModel } from "../../src/engine/learnware/table-model";
import { island, packageOf, rkmeAround } from "../fixtures/learnwares";
import { openDock } from "../fixtures/open-dock";

const newDirectory = () => mkdtemp(join(tmpdir(), "berth-books-"));
const keep = () => Promise.resolve();
const COUNT = 12;
const ids = Array.from({ length: COUNT }, (_, i) => `number-${i}`);

async function newDock() {
  const database = await PgliteDatabase.open();
  const store = await SqlStore.open(database);
  const blobs = await FileBlobs.open(await newDirectory());
  const describer = await Describer.create(blobs);
  const intake = new Intake({ store, blobs, describer, onChange: keep });
  return { database, store, blobs, describer, intake };
}
type Dock = Pick<StorageParts, "store" | "blobs" | "describer" | "intake">;

/** Twelve learnwares. */
async function put({ store, intake }: Pick<Dock, "store" | "intake">): Promise<void> {
  await store.putSpace(island);
  for (const [i, id] of ids.entries()) {
    const rkme = rkmeAround(i % 4, Math.floor(i / 4));
    await intake.take(id, await packageOf(id, { rkme }), "upload");
  }
}

/** The same on a book. */
async function fill({ store, blobs, describer, intake }: Dock): Promise<Space> {
  await put({ store, intake });
  await new ReEstimation({ store, blobs, describer }).run(island.id, { keep });
  return tableSpace((await store.findSpace(island.id))!.definition);
}

/** What a dock answers of its book and of what is on it. */
async function sayOf({ store, blobs, describer }: Dock) {
  const space = (await store.findSpace(island.id))!;
  const { book } = space.definition;
  const form = await describer.form(space.definition);
  const placed = (await store.placed(space, "0", 99)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const found = placed.map(async ({ sketch }) => {
    return (await store.nearest(space, sketch, { limit: 3 })).map(({ id }) => id);
  });
  return {
    space: space.definition,
    isKept: await blobs.has(book!.sha256),
    points: form.book!.points,
    found: await Promise.all(found),
    weights: placed.map(({ weights }) => Buffer.from(weights).toString("hex")),
  };
}

describe("a dock whose space has a book", () => {
  let dock: Awaited<ReturnType<typeof newDock>>;
  let space: Space;
  beforeAll(async () => {
    dock = await newDock();
    space = await fill(dock);
  });
  afterAll(() => dock.store.close());

  const stat = async (weights: Float64Array, book = space.book!.sha256) => {
    const form = await dock.describer.form(space);
    const points = form.book!.points;
    const rkme = { points, weights, kernel: space.kernel, rowCount: 500 };
    return encodeStat(rkme, {
      ...{ space: space.id, spaceVersion: space.version, radiusSquared: 0.4, book },
    });
  };
  const manifest = () => ({ space: { id: space.id, version: space.version } });
  const someWeights = () =>
    Float64Array.from({ length: space.book!.points }, (_, j) => (j % 7 === 0 ? 1 + j : 0));

  test("gives the book to everyone, to be kept for good, and no other blob in its place", async () => {
    const http = await openDock(dock);
    const { sha256, points } = space.book!;
    const get = (hash: string, headers: Record<string, string> = {}) =>
      http.request(`/api/v1/books/${hash}`, { headers });
    const answer = await get(sha256);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toBe("application/octet-stream");
    expect(answer.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    expect(decodeBook(new Uint8Array(await answer.arrayBuffer()), 2).rows).toBe(points);
    expect((await get(sha256, { "If-None-Match": `"${sha256}"` })).status).toBe(304);
    const zip = (await dock.store.find("number-1"))!.sha256;
    expect((await get(zip)).status).toBe(404);
    expect((await get("../secret")).status).toBe(404);
    expect((await get("7")).status).toBe(400);
  });

  test("takes the very weights of a package that was made for it", async () => {
    const weights = unpackShares(packShares(someWeights()));
    const zip = await packageOf("On it", { manifest: manifest(), stat: await stat(weights) });
    await dock.intake.take("exact", zip, "upload");
    const { rkme, radiusSquared } = (await dock.store.findSpecification("exact"))!;
    if (!("book" in rkme)) throw new Error("it is not on the book");
    expect(weightsFromWire(rkme, space.book!)).toEqual(weights);
    expect(radiusSquared).toBe(0.4);
    const placed = await dock.store.placed((await dock.store.findSpace(space.id))!, "0", 99);
    expect(placed.filter(({ published }) => published === null).map(({ id }) => id)).toEqual([
      "exact",
    ]);
    await dock.intake.remove("exact");
  });

  test("refuses a package that says to be on another book", async () => {
    const other = await stat(someWeights(), "7".repeat(64));
    const zip = await packageOf("Other", { manifest: manifest(), stat: other });
    const taking = dock.intake.take("other", zip, "upload");
    await expect(taking).rejects.toMatchObject({ code: "bad_input" });
  });

  test("founds no space with a book that it has not: what a package carries has its points", async () => {
    const features = space.features.map((one) => ({ ...one, name: `${one.name}_abroad` }));
    const foreign = { ...space, id: "abroad", features };
    const away = await newDock();
    const zip = await packageOf("Abroad", {
      manifest: {
        space: { id: "abroad", version: space.version },
        model: tableModel(
          features.map(({ name }) => name),
          { task: "regression", target: "price", labels: [] },
        ),
      },
      stat: (await stat(someWeights())).replace('"space":"houses"', '"space":"abroad"'),
      space: foreign,
    });
    const card = await away.intake.take("abroad", zip, "upload");
    const founded = (await away.store.findIsland(card.islandId))!.space;
    expect(founded.book).toBeUndefined();
    const { rkme } = (await away.store.findSpecification("abroad"))!;
    expect(rkme).toMatchObject({ rows: space.book!.points });
    await away.store.close();
  });

  test("collects no book that a version names, and others after an hour", async () => {
    const orphan = (await dock.blobs.put(new Uint8Array(99))).sha256;
    const now = Date.now();
    const uploads = { expire: () => Promise.resolve(), uses: () => Promise.resolve(false) };
    await collect(dock.store, dock.blobs, uploads, { keep }, now);
    await collect(dock.store, dock.blobs, uploads, { keep }, now + 24 * 3_600_000);
    expect(await dock.blobs.has(orphan)).toBe(false);
    expect(await dock.blobs.has(space.book!.sha256)).toBe(true);
    for (const id of ids) {
      const card = (await dock.store.find(id))!;
      expect(await dock.blobs.has(card.sha256)).toBe(true);
    }
  });

  test("is mirrored with its book, by another dock and as files", async () => {
    const directory = await newDirectory();
    await exportStatic(dock, directory);
    const here = await newDock();
    const pull = () => importStatic(directorySource(directory), here, { origin: "mirror" });
    const file = join(directory, staticPaths.book(space.book!.sha256));
    const book = await readAll((await dock.blobs.open(space.book!.sha256))!.stream);
    await rm(file);
    await expect(pull()).rejects.toMatchObject({ code: "not_found" });
    expect(await here.store.islands()).toEqual([]);
    await writeFile(file, Buffer.alloc(book!.length));
    await expect(pull()).rejects.toMatchObject({ code: "hash_mismatch" });
    await writeFile(file, book!);
    expect(await pull()).toMatchObject({ added: COUNT, refused: 0 });
    expect(await sayOf(here)).toEqual(await sayOf(dock));

    await new ReEstimation(here).run(space.id, { keep }); // The book that came is kept.
    expect((await here.store.findSpace(space.id))!.definition).toEqual(space);
    const again = await newDirectory();
    await exportStatic(here, again);
    expect(await readdir(join(again, "books"))).toEqual([`${space.book!.sha256}.npy`]);
    expect(await readdir(join(again, "sketches"))).toEqual(
      await readdir(join(directory, "sketches")),
    );
    await here.store.close();
  });

  test("follows the dock that it mirrors from outlines to a book", async () => {
    const [there, here] = await Promise.all([newDock(), newDock()]);
    await put(there);
    const directory = await newDirectory();
    const pull = () => importStatic(directorySource(directory), here, { origin: "mirror" });
    await exportStatic(there, directory);
    await pull();
    await new ReEstimation(there).run(island.id, { keep });
    await exportStatic(there, directory);
    expect(await pull()).toMatchObject({ kept: COUNT, added: 0 });
    expect(await sayOf(here)).toEqual(await sayOf(there));
    for (const one of [there, here]) await one.store.close();
  });

  test.each([
    ["weights that are all 0", "weights = decode(repeat('0000', 256), 'hex')"],
    ["fewer weights", "weights = substring(weights from 1 for 100)"],
    ["points of its own", "points = decode(repeat('00', 2048), 'hex')"],
  ])("finds the others beside %s, and moves on with them", async (_, change) => {
    const { database, blobs } = dock;
    const spoiled = "number = (select number from learnware where id = 'number-3')";
    const store = await SqlStore.open(database);
    const current = (await store.findSpace(space.id))!;
    await database.query(`update specification_${current.number} set ${change} where ${spoiled}`);
    const form = await dock.describer.form(space);
    const sketch = form.sketch(form.pack(rkmeAround(3, 0)));
    const near = async (at: typeof current) =>
      (await store.nearest(at, sketch, { limit: 99 })).map(({ id }) => id);
    expect(await near(current)).not.toContain("number-3");
    expect(await near(current)).toHaveLength(COUNT - 1);
    expect(await store.findSpecification("number-3")).toBeNull();
    const next = { ...current.definition, version: current.definition.version + 1 };
    await moveIsland({ store, describer: dock.describer }, current, next, keep);
    const moved = (await store.findSpace(space.id))!;
    expect(await near(moved)).toHaveLength(COUNT - 1);
    expect((await store.growth(space.id))!.count).toBe(COUNT);
    expect(await blobs.has(space.book!.sha256)).toBe(true);
    await dock.intake.take("number-3", await packageOf("number-3"), "upload");
    expect(await near(moved)).toHaveLength(COUNT);
  });
});

describe("an embedded dock whose space has a book", () => {
  test("builds its database anew from records, zips and the book", async () => {
    const dataDirectory = await newDirectory();
    const parts = await openParts({ dataDirectory });
    await fill(parts);
    const said = await sayOf(parts);
    await parts.close();
    await rm(join(dataDirectory, "db"), { recursive: true });
    const events: string[] = [];
    const again = await openParts({
      dataDirectory,
      onRebuild: (event) => void events.push(event.kind),
    });
    expect(events).toContain("done");
    expect(events).not.toContain("lost");
    expect(await sayOf(again)).toEqual(said);
    await again.close();
  });

  test("whose book is lost says so, and goes on with outlines", async () => {
    const dataDirectory = await newDirectory();
    const parts = await openParts({ dataDirectory });
    const { book, version } = await fill(parts);
    const form = await parts.describer.form((await parts.store.findSpace(island.id))!.definition);
    const rkme = onBook(form.book!, form.weightsOf(form.pack(rkmeAround(2, 2))), 300);
    const about = { space: island.id, spaceVersion: version, radiusSquared: 0.4 };
    const zip = await packageOf("On it", {
      manifest: { space: { id: island.id, version } },
      stat: encodeStat(rkme, { ...about, book: book!.sha256 }),
    });
    await parts.intake.take("on-it", zip, "upload");
    await parts.close();
    await rm(join(dataDirectory, "blobs", book!.sha256.slice(0, 2), book!.sha256));

    const said: string[] = [];
    vi.spyOn(console, "error").mockImplementation((line) => said.push(String(line)));
    vi.spyOn(console, "log").mockImplementation(() => undefined);
    await runDockCommand(["check"], { BERTH_DATA: dataDirectory });
    vi.restoreAllMocks();
    process.exitCode = 0;
    expect(said).toContain(`${island.id}@${version}: its book ${book!.sha256} is missing`);

    const lost: string[] = [];
    const again = await openParts({
      dataDirectory,
      rebuild: true,
      onRebuild: (event) => event.kind === "lost" && lost.push(`${event.what}: ${event.problem}`),
    });
    expect(lost).toEqual([`${island.id}@${version}: its book ${book!.sha256} is missing`]);
    const space = (await again.store.findSpace(island.id))!.definition;
    expect([space.version, space.book]).toEqual([version, undefined]);
    for (const id of [...ids, "on-it"]) {
      expect((await again.store.findSpecification(id))!.rkme).toMatchObject({ cols: 2 });
    }
    await again.close();
  });
});
