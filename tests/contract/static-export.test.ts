import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import {
  StaticIndex,
  StaticIsland,
  staticFolders,
  staticPaths,
} from "../../src/contracts/static/static-dock";
import { exportStatic } from "../../src/dock/mirror/static-export";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

const newDirectory = () => mkdtemp(join(tmpdir(), "berth-export-"));

let store: SqlStore;
let blobs: FileBlobs;
let directory: string;

beforeAll(async () => {
  store = await SqlStore.open(await PgliteDatabase.open());
  blobs = await FileBlobs.open(await newDirectory());
  await store.putSpace(island);
  await store.putSpace({ ...island, id: "empty" });
  for (const [id, x] of [
    ["b", 4],
    ["a", 1],
  ] as const)
    await put(id, x);
});
afterAll(async () => store.close());
beforeEach(async () => {
  directory = await newDirectory();
});

async function put(id: string, x: number): Promise<string> {
  const { sha256, sizeBytes } = await blobs.put(new TextEncoder().encode(`zip ${id} ${x}`));
  await store.put(entryOf(id, rkmeAround(x, 0), { sha256, sizeBytes }));
  return sha256;
}

const read = async (path: string) => readFile(join(directory, path));
const filesOf = async (folder: string) => {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  return files.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
};

describe("an export", () => {
  test("names every file by its hash, and from the index on everything is named", async () => {
    const report = await exportStatic({ store, blobs }, directory);
    expect(report).toMatchObject({ islands: 2, learnwares: 2, written: 11, removed: 0 });
    const { islands } = StaticIndex.parse(JSON.parse((await read("index.json")).toString()));
    expect(islands.map(({ id, spaceVersion }) => [id, spaceVersion])).toEqual([
      ["empty", 1],
      ["houses", 1],
    ]);
    const path = staticPaths.island(islands[1]!.sha256);
    const { learnwares } = StaticIsland.parse(JSON.parse((await read(path)).toString()));
    expect(learnwares.map(({ id }) => id)).toEqual(["a", "b"]);
    let sizeBytes = (await read("index.json")).length;
    for (const folder of await readdir(directory)) {
      if (folder === "index.json") continue;
      expect(staticFolders).toContain(folder);
      for (const name of await readdir(join(directory, folder))) {
        const bytes = await read(`${folder}/${name}`);
        sizeBytes += bytes.length;
        expect(name).toContain(createHash("sha256").update(bytes).digest("hex"));
      }
    }
    expect(report.sizeBytes).toBe(sizeBytes);
  });

  test("keeps the versions of a space before the present one", async () => {
    await store.putSpace({ ...island, id: "moved" });
    await store.putSpace({ ...island, id: "moved", version: 2, kernel: gaussianKernel(0.7) });
    await exportStatic({ store, blobs }, directory);
    const { islands } = StaticIndex.parse(JSON.parse((await read("index.json")).toString()));
    const path = staticPaths.island(islands.find(({ id }) => id === "moved")!.sha256);
    const moved = StaticIsland.parse(JSON.parse((await read(path)).toString()));
    expect([moved.island.space.version, moved.island.space.kernel.gamma]).toEqual([2, 0.7]);
    expect(moved.earlier).toEqual([{ ...island, id: "moved" }]);
    await store.removeEmptyIsland("moved");
  });

  test("of the same dock is the same, and not written twice", async () => {
    await exportStatic({ store, blobs }, directory);
    const index = await read("index.json");
    expect(await exportStatic({ store, blobs }, directory)).toMatchObject({ written: 0 });
    expect(await read("index.json")).toEqual(index);
    await exportStatic({ store, blobs }, (directory = await newDirectory()));
    expect(await read("index.json")).toEqual(index);
  });

  test("keeps files that are named no more until told to remove them", async () => {
    await exportStatic({ store, blobs }, directory);
    await writeFile(join(directory, "packages", "left.draft"), "half");
    const before = await filesOf(directory);
    await put("a", 1.5);
    expect(await exportStatic({ store, blobs }, directory)).toMatchObject({
      written: 5,
      removed: 0,
    });
    expect(await filesOf(directory)).toEqual(expect.arrayContaining(before));
    await mkdir(join(directory, "packages", "mine"));
    await writeFile(join(directory, "learnwares", "mine.json"), "{}"); // Not named by a hash.
    const pruned = await exportStatic({ store, blobs }, directory, { prune: true });
    expect(pruned).toMatchObject({ written: 0, removed: 6 });
    expect(await readdir(join(directory, "packages"))).toContain("mine"); // Others' files stay.
    expect(await readdir(join(directory, "learnwares"))).toContain("mine.json");
    await rm(join(directory, "packages", "mine"), { recursive: true });
    await rm(join(directory, "learnwares", "mine.json"));
    await put("a", 1);
  });

  test.each([
    ["is gone", "not_found"],
    ["is another", "hash_mismatch"],
  ])("leaves the one before in place when a zip %s", async (_, code) => {
    await exportStatic({ store, blobs }, directory);
    const index = await read("index.json");
    const sha256 = await put("c", 2);
    if (code === "not_found") await blobs.remove(sha256);
    const open = async (wanted: string) =>
      blobs.open(wanted === sha256 ? (await other())! : wanted);
    const other = async () => (await store.find("a"))?.sha256;
    const failing = exportStatic(
      { store, blobs: code === "not_found" ? blobs : { open } },
      directory,
    );
    await expect(failing).rejects.toMatchObject({ code });
    expect(await read("index.json")).toEqual(index);
    await store.remove("c");
  });
});

describe("an export with the app", () => {
  let app: string;
  beforeEach(async () => {
    app = await newDirectory();
    const page = await readFile(join(import.meta.dirname, "../../index.html"), "utf8");
    await writeFile(join(app, "index.html"), page);
    for (const folder of ["assets", "starter", "samples"]) {
      await mkdir(join(app, folder));
      await writeFile(join(app, folder, "file.js"), folder);
    }
  });

  test("makes the app talk to the files beside it", async () => {
    await exportStatic({ store, blobs }, directory, { appDirectory: app });
    const page = (await read("index.html")).toString();
    expect(page).toContain('<meta name="berth-dock" content="static:./dock/" />');
    expect(page.replace("static:./dock/", "api")).toBe(
      await readFile(join(app, "index.html"), "utf8"),
    );
    expect((await readdir(directory)).sort()).toEqual([
      "_headers",
      "assets",
      "dock",
      "index.html",
      "samples",
    ]);
    StaticIndex.parse(JSON.parse((await read("dock/index.json")).toString()));
  });

  test("tells hosts to isolate the page and to let no worker connect", async () => {
    await exportStatic({ store, blobs }, directory, { appDirectory: app });
    const rules = (await read("_headers")).toString().split("\n\n");
    const ruleFor = (path: string) => rules.find((rule) => rule.startsWith(`${path}\n`));
    expect(ruleFor("/*")).toContain("  Cross-Origin-Embedder-Policy: require-corp\n");
    expect(ruleFor("/*")).not.toContain("Content-Security-Policy");
    expect(ruleFor("/")).toContain("connect-src 'self'");
    expect(ruleFor("/index.html")).toContain("connect-src 'self'");
    expect(ruleFor("/assets/*")).toContain("connect-src 'none'");
    expect(ruleFor("/dock/islands/*")).toContain("immutable");
    expect(ruleFor("/dock/*")).toBeUndefined();
  });

  test("tells the page which docks elsewhere it may ask, and everybody what this one is called", async () => {
    await writeFile(join(app, "sw.js"), "// worker");
    const docks = ["https://a.example"];
    await exportStatic({ store, blobs }, directory, { appDirectory: app, name: "Ours", docks });
    expect((await read("index.html")).toString()).toContain(
      '<meta name="berth-docks" content="https://a.example" />',
    );
    expect((await read("index.html")).toString()).toContain('content="static:./dock/"');
    expect((await read("sw.js")).toString()).toContain("https://a.example");
    expect((await read("_headers")).toString()).toContain("connect-src 'self' https://a.example;");
    expect(StaticIndex.parse(JSON.parse((await read("dock/index.json")).toString())).name).toBe(
      "Ours",
    );
  });

  test("refuses what is not the app", async () => {
    await writeFile(join(app, "index.html"), "<h1>Something else</h1>");
    const failing = exportStatic({ store, blobs }, directory, { appDirectory: app });
    await expect(failing).rejects.toMatchObject({ code: "bad_input" });
  });
});
