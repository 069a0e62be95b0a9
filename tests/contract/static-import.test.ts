import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { StaticIndex, StaticIsland, staticPaths } from "../../src/contracts/static/static-dock";
import { specificationFromWire } from "../../src/contracts/wire/wire-on-book";
import { Describer } from "../../src/dock/storage/describer";
import { importStatic, STARTER } from "../../src/dock/mirror/import-static";
import { Intake } from "../../src/dock/intake/intake";
import { moveIsland } from "../../src/dock/jobs/move-island";
import { exportStatic } from "../../src/dock/mirror/static-export";
import { directorySource, type StaticSource, webSource } from "../../src/dock/mirror/static-source";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { squaredMmd } from "../../src/engine/specification/kernel/mmd";
import { encodeStat } from "../../src/engine/specification/files/codec";
import { fileAnswers } from "../fixtures/file-server";
import { island, packageOf, rkmeAround } from "../fixtures/learnwares";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

const newDirectory = () => mkdtemp(join(tmpdir(), "berth-import-"));

/** A dock in memory. */
async function openDock() {
  const store = await SqlStore.open(await PgliteDatabase.open());
  const blobs = await FileBlobs.open(await newDirectory());
  const describer = await Describer.create(blobs);
  const intake = new Intake({ store, blobs, describer, onChange: () => Promise.resolve() });
  return { store, blobs, describer, intake };
}
type Parts = Awaited<ReturnType<typeof openDock>>;

let there: Parts;
let here: Parts;
let directory: string;

beforeAll(async () => {
  [there, here] = await Promise.all([openDock(), openDock()]);
});
afterAll(() => Promise.all([there.store.close(), here.store.close()]));
beforeEach(async () => {
  directory = await newDirectory();
  for (const { store } of [there, here]) await empty(store);
});
afterEach(() => vi.unstubAllGlobals());

async function empty(store: SqlStore): Promise<void> {
  const { learnwares } = await store.list({}, { limit: 100, offset: 0 });
  for (const { id } of learnwares) await store.remove(id);
  for (const { id } of await store.islands()) await store.removeEmptyIsland(id);
}

/** Publish a dock of these learnwares, by id and name. */
async function publish(named: Readonly<Record<string, string>>, on: Space = island) {
  await empty(there.store);
  await there.store.putSpace(on);
  for (const [id, name] of Object.entries(named)) {
    await there.intake.take(id, await packageOf(name), "upload");
  }
  await exportStatic(there, directory);
}

const pull = (source: StaticSource = directorySource(directory), origin = STARTER) =>
  importStatic(source, here, { origin });
const begin = () =>
  importStatic(directorySource(directory), here, { origin: STARTER, areShipped: true });

/** What the island was re-estimated to. */
const later: Space = {
  ...island,
  version: 2,
  features: island.features.map((feature) => ({ ...feature, center: [1], scale: [2] })),
  kernel: gaussianKernel(0.7),
};
const keep = () => Promise.resolve();

/** The zip of a learnware that was made for that version. */
async function laterPackage(name: string) {
  const rkme = rkmeAround(0.5, 0.2, later.kernel.gamma);
  const stat = encodeStat(rkme, { space: later.id, spaceVersion: 2, radiusSquared: 0.3 });
  return packageOf(name, { manifest: { space: { id: later.id, version: 2 } }, stat });
}

/** Paths of the zips of a published dock, by id. */
async function zipPaths(): Promise<Map<string, string>> {
  const { islands } = StaticIndex.parse(await json(staticPaths.index));
  const { learnwares } = StaticIsland.parse(await json(staticPaths.island(islands[0]!.sha256)));
  return new Map(learnwares.map((one) => [one.id, staticPaths.package(one.package.sha256)]));
}

async function json(path: string): Promise<unknown> {
  return JSON.parse(await readFile(join(directory, path), "utf8"));
}

async function spoil(path: string): Promise<void> {
  const bytes = await readFile(join(directory, path));
  bytes[9]! ^= 1;
  await writeFile(join(directory, path), bytes);
}

describe("an import of a static dock", () => {
  test("is taken in once, then followed as it changes; uploads stay", async () => {
    await here.store.putSpace(island);
    await here.intake.take("mine", await packageOf("Mine"), "upload");
    await publish({ a: "A", b: "B" });
    expect(await pull()).toEqual({ added: 2, kept: 0, skipped: 0, refused: 0, removed: 0 });
    expect(await pull()).toEqual({ added: 0, kept: 2, skipped: 0, refused: 0, removed: 0 });

    await publish({ b: "New B" });
    expect(await pull()).toEqual({ added: 1, kept: 0, skipped: 0, refused: 0, removed: 1 });
    expect(await here.store.find("a")).toBeNull();
    expect((await here.store.find("b"))?.name).toBe("New B");
    expect((await here.store.find("mine"))?.name).toBe("Mine");
  });

  test("is content with a scale that came with its learnwares, until others join", async () => {
    const settled = async () => {
      const growth = await here.store.growth(island.id);
      return growth && [growth.estimatedCount, growth.count];
    };
    await publish({ a: "A", b: "B" });
    await pull();
    expect(await settled()).toEqual([2, 2]);
    await here.intake.take("mine", await packageOf("Mine"), "upload");
    await pull();
    expect(await settled()).toEqual([2, 3]);
  });

  test("believes what comes with the app which of it is redundant, and nobody else", async () => {
    await publish({ a: "A", b: "B" });
    const [a, b] = [(await there.store.find("a"))!, (await there.store.find("b"))!];
    await there.store.setCoveredBy(b, a);
    await exportStatic(there, directory);
    const marked = async () => {
      const query = { filter: {}, islandIds: [island.id], limit: 10 };
      const covers = (await here.store.match(query)).map(({ coveredBy }) => coveredBy);
      const undecided = await here.store.undecided(island.id, 10);
      return { undecided, covered: covers.filter((cover) => cover !== null) };
    };

    await pull();
    expect(await marked()).toEqual({ undecided: ["a", "b"], covered: [] });
    await empty(here.store);
    await begin();
    expect(await marked()).toEqual({ undecided: [], covered: ["a"] });

    await empty(here.store);
    await here.store.putSpace(island);
    await here.intake.take("mine", await packageOf("Mine"), "upload");
    await begin();
    const message = "they may be redundant beside what lives there already";
    expect(await marked(), message).toEqual({ undecided: ["mine", "a", "b"], covered: [] });
  });

  test("takes in more than are held in memory at once", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`n${100 + i}`, `N ${i}`]),
    );
    await publish(many);
    const done: number[] = [];
    const report = await importStatic(directorySource(directory), here, {
      ...{ origin: STARTER, onProgress: (progress) => done.push(progress.done) },
    });
    expect(report).toMatchObject({ added: 60, refused: 0 });
    expect([...new Set(done)]).toEqual([0, 50, 60]);
  });

  test("has what came before a file that is spoiled", async () => {
    await publish({ a: "A", b: "B", c: "C" });
    await spoil((await zipPaths()).get("c")!);
    await expect(pull()).rejects.toMatchObject({ code: "hash_mismatch" });
    expect(await here.store.find("b")).not.toBeNull();
    expect(await here.store.find("c")).toBeNull();
  });

  test("gives a dock that exports the same bytes", async () => {
    await publish({ a: "A", b: "B" });
    await pull();
    const again = await newDirectory();
    await exportStatic(here, again);
    const index = (folder: string) => readFile(join(folder, staticPaths.index), "utf8");
    expect(await index(again)).toBe(await index(directory));
  });

  test("takes packages made for an earlier version of an island", async () => {
    await publish({ a: "A" });
    await moveIsland(there, (await there.store.findSpace(island.id))!, later, keep);
    await there.intake.take("b", await laterPackage("B"), "upload");
    await exportStatic(there, directory);

    expect(await pull()).toMatchObject({ added: 2 });
    const versions = (await here.store.spaceVersions(island.id)).map(({ version }) => version);
    expect(versions).toEqual([2, 1]);
    for (const id of ["a", "b"]) {
      const [mine, theirs] = await Promise.all(
        [here, there].map(async ({ store }) => (await store.findSpecification(id))!),
      );
      expect(mine!.spaceVersion).toBe(2);
      const outlines = [mine!, theirs!].map(({ rkme }) => specificationFromWire(rkme, {}, null));
      expect(squaredMmd(outlines[0]!, outlines[1]!)).toBeLessThan(1e-9);
    }
  });

  test("brings an island to its next version with all that lives on it", async () => {
    await publish({ a: "A" });
    await pull();
    await here.intake.take("mine", await packageOf("Mine"), "upload");
    await moveIsland(there, (await there.store.findSpace(island.id))!, later, keep);
    await exportStatic(there, directory);

    expect(await pull(directorySource(directory), "mirror:other")).toMatchObject({ skipped: 1 });
    expect((await here.store.findIsland(island.id))?.space.version).toBe(1);
    expect(await pull()).toEqual({ added: 0, kept: 1, skipped: 0, refused: 0, removed: 0 });
    expect(await here.store.findIsland(island.id)).toMatchObject({
      space: { version: 2, kernel: later.kernel },
      learnwareCount: 2,
    });
    for (const id of ["a", "mine"]) {
      expect(await here.store.findSpecification(id, 2)).not.toBeNull();
    }
  });

  test("leaves the scale of an island that moved on differently here", async () => {
    await publish({ a: "A" });
    await pull();
    await moveIsland(here, (await here.store.findSpace(island.id))!, later, keep);
    const other = { ...later, kernel: gaussianKernel(0.2), name: "Other" };
    await moveIsland(there, (await there.store.findSpace(island.id))!, other, keep);
    await exportStatic(there, directory);
    expect(await pull()).toMatchObject({ kept: 1 });
    const { kernel, name } = (await here.store.findIsland(island.id))!.space;
    expect([kernel, name]).toEqual([later.kernel, later.name]);
  });

  test("leaves an id that somebody else's learnware has", async () => {
    await here.store.putSpace(island);
    await here.intake.take("a", await packageOf("Mine"), "upload");
    await publish({ a: "A", b: "B" });
    const report = await pull(directorySource(directory), "mirror:there");
    expect(report).toEqual({ added: 1, kept: 0, skipped: 1, refused: 0, removed: 0 });
    expect((await here.store.find("a"))?.name).toBe("Mine");
    // The starter's own are not the mirror's to remove either.
    await publish({});
    await pull();
    expect(await here.store.find("b")).not.toBeNull();
  });

  test("leaves islands that others live on, or that moved on here", async () => {
    await here.store.putSpace(island);
    await here.intake.take("mine", await packageOf("Mine"), "upload");
    const renamed = { ...island, name: "Renamed" };
    await publish({}, renamed);
    await pull(directorySource(directory), "mirror:there");
    expect((await here.store.findIsland(island.id))?.name).toBe("Houses");
    await pull();
    expect((await here.store.findIsland(island.id))?.name).toBe("Renamed");
    await here.store.putSpace({ ...island, version: 2 });
    await pull();
    expect(await here.store.findIsland(island.id)).toMatchObject({
      ...{ space: { version: 2 }, name: "Houses" },
      question: { form: "target", target: "price" },
    });
  });

  test("removes an island that is listed no more, unless somebody lives on it", async () => {
    await publish({ a: "A" });
    await pull();
    await empty(there.store);
    await exportStatic(there, directory);
    expect(await pull()).toMatchObject({ removed: 1 });
    expect(await here.store.islands()).toEqual([]);
  });

  test("uses no file that is not the one its name says, and goes on where it was", async () => {
    await publish({ a: "Whole", b: "Spoilt" });
    const paths = await zipPaths();
    await spoil(paths.get("b")!);
    await expect(pull()).rejects.toMatchObject({ code: "hash_mismatch" });
    expect(await here.store.find("a")).not.toBeNull();
    expect(await here.store.find("b")).toBeNull();

    await spoil(paths.get("b")!); // Twice is as it was.
    const read: string[] = [];
    const whole = directorySource(directory);
    const report = await pull((path) => {
      read.push(path);
      return whole(path);
    });
    expect(report).toEqual({ added: 1, kept: 1, skipped: 0, refused: 0, removed: 0 });
    expect(read.filter((path) => path.startsWith("packages/"))).toEqual([paths.get("b")]);
  });

  test("changes nothing if an island's file is not the one its name says", async () => {
    await publish({ a: "A" });
    const { islands } = StaticIndex.parse(await json(staticPaths.index));
    await spoil(staticPaths.island(islands[0]!.sha256));
    await expect(pull()).rejects.toMatchObject({ code: "hash_mismatch" });
    expect(await here.store.islands()).toEqual([]);
  });

  test("names the learnware that is refused, and takes the others", async () => {
    await publish({ a: "A", b: "B", c: "C" });
    const refusing: typeof here.intake.takeAll = async (offers) => {
      const spoilt = offers.map((one) =>
        one.id === "b" ? { ...one, zip: one.zip.slice(9) } : one,
      );
      return here.intake.takeAll(spoilt);
    };
    const remove = here.intake.remove.bind(here.intake);
    const refused: string[] = [];
    const report = await importStatic(
      directorySource(directory),
      { ...here, intake: { takeAll: refusing, remove } },
      { origin: STARTER, onRefused: (id, reason) => refused.push(`${id}: ${reason}`) },
    );
    expect(report).toEqual({ added: 2, kept: 0, skipped: 0, refused: 1, removed: 0 });
    expect(refused).toEqual([expect.stringMatching(/^b: the file is not a zip/)]);
  });

  test.each([
    ["nothing", null, "not_found"],
    ["no JSON", "<html>", "bad_input"],
    ["another format", '{"format":"berth-starter-1","islands":[]}', "bad_input"],
  ])("refuses %s", async (_, text, code) => {
    if (text !== null) await writeFile(join(directory, staticPaths.index), text);
    await expect(pull()).rejects.toMatchObject({ code });
  });
});

describe("a static dock on a web server", () => {
  const address = "http://mirror.test/";
  const serve = (answer: (url: string) => Promise<Response> | Response) => {
    vi.stubGlobal("fetch", async (url: URL) => answer(url.href));
  };

  test.each([address, "http://mirror.test", `${address}index.json`])(
    "is imported from %s",
    async (given) => {
      await publish({ a: "A" });
      serve(fileAnswers(directory));
      expect(await pull(webSource(given))).toMatchObject({ added: 1 });
    },
  );

  test("is not believed when it sends more than it named", async () => {
    await publish({ a: "Too long" });
    const answer = fileAnswers(directory);
    serve(async (url) => {
      const bytes = new Uint8Array(await (await answer(url)).arrayBuffer());
      return new Response(url.endsWith(".zip") ? Buffer.concat([bytes, bytes]) : bytes);
    });
    await expect(pull(webSource(address))).rejects.toMatchObject({ code: "hash_mismatch" });
  });

  test.each([
    ["fails", () => new Response("", { status: 500 })],
    ["cannot be reached", () => Promise.reject(new TypeError("fetch failed"))],
    ["breaks off", () => new Response(new ReadableStream({ start: (c) => c.error(new Error()) }))],
  ])("%s as a failure of the network", async (_, answer) => {
    serve(answer);
    await expect(pull(webSource(address))).rejects.toMatchObject({ code: "network_failed" });
  });
});
