import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { openParts, type StorageParts } from "../../src/dock/storage/open-parts";
import type { RebuildEvent } from "../../src/dock/storage/records/reindex";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { encodeStat } from "../../src/engine/specification/files/codec";
import { describeFor } from "../fixtures/described";
import { island, packageOf, rkmeAround } from "../fixtures/learnwares";

const [area, age] = island.features as [Space["features"][0], Space["features"][0]];
/** The scale that the houses have come to. */
const second = { ...island, version: 2, features: [{ ...area, center: [1], scale: [2] }, age] };
const shops = { ...island, id: "shops", features: [area, { ...age, name: "rent" }] };

const newDirectory = () => mkdtemp(join(tmpdir(), "berth-reindex-"));
const at = (x: number, y: number) => ({
  rkme: rkmeAround(x, y),
  stat: encodeStat(rkmeAround(x, y), { space: island.id, spaceVersion: 1, radiusSquared: 0.5 }),
});

/** A dock that was filled and closed, and what it said. */
let filled: string;
let said: Awaited<ReturnType<typeof sayOf>>;
/** A copy of it for a test. */
let directory: string;
let events: RebuildEvent[];

beforeAll(async () => {
  filled = await newDirectory();
  const parts = await openParts({ dataDirectory: filled });
  const { store, intake } = parts;
  await store.putSpace(island);
  await store.putSpace(second);
  await store.putSpace(shops);
  for (const [id, x] of Object.entries({ near: 1, far: 5, gone: 2, lost: 3 })) {
    await intake.take(id, await packageOf(id, at(x, 0)), "upload");
  }
  await intake.take("near", await packageOf("Newer", at(1.2, 0)), "starter");
  await intake.take("near", await packageOf("Newest", at(1.4, 0)), "starter");
  await store.remove("gone");
  said = await sayOf(parts);
  await parts.close();
});

beforeEach(async () => {
  directory = await newDirectory();
  await cp(filled, directory, { recursive: true });
  events = [];
});

const open = (options: { readonly rebuild?: boolean } = {}) =>
  openParts({
    ...options,
    dataDirectory: directory,
    onRebuild: (event) => void events.push(event),
  });

/** What the dock answers. */
async function sayOf({ store, records }: StorageParts) {
  const space = (await store.findSpace(island.id))!;
  const { sketch } = describeFor(second, rkmeAround(0.2, 0), 0.5);
  const found = await store.nearest(space, sketch, { limit: 9 });
  return {
    records: await Promise.all(
      ["far", "gone", "lost", "near"].map(async (id) => (await records.find([id]))[0]!),
    ),
    islands: await store.islands(),
    versions: await store.spaceVersions(island.id),
    cards: (await store.list({}, { limit: 99, offset: 0 })).learnwares,
    history: await store.history("near"),
    growth: (await store.growth(island.id))?.count,
    found: found.map(({ id, squaredDistance, selfProduct }) => {
      return { id, squaredDistance: squaredDistance.toFixed(5), selfProduct };
    }),
    specification: await store.findSpecification("near"),
  };
}

const problems = () =>
  events.flatMap((event) => (event.kind === "lost" ? [`${event.what}: ${event.problem}`] : []));

/** Removes the zip of a learnware's version from the copy. */
async function removeZip(id: string, version: number): Promise<void> {
  const { sha256 } = said.records.find((record) => record.id === id)!.versions[version - 1]!;
  await rm(join(directory, "blobs", sha256.slice(0, 2), sha256));
}

describe("an embedded dock", () => {
  test("whose database is deleted builds it again, with the same answers and history", async () => {
    await rm(join(directory, "db"), { recursive: true });
    const parts = await open();
    expect(await sayOf(parts)).toEqual(said);
    expect(events[0]).toEqual({ kind: "begun", islands: 2, learnwares: 4 });
    expect(events.at(-1)).toEqual({ kind: "done", learnwares: 4, lost: 0 });

    const removed = (await parts.records.find(["gone"]))[0]!;
    expect(removed.deletedAt).not.toBeNull();
    const blob = await parts.blobs.open(removed.versions[0]!.sha256);
    expect(blob).not.toBeNull();
    await parts.store.purge(new Date(Date.now() - 3_600_000));
    expect(await parts.store.history("gone")).toHaveLength(1);
    await parts.close();
  });

  test("that was closed opens as it is", async () => {
    const parts = await open();
    expect(await sayOf(parts)).toEqual(said);
    expect(events).toEqual([]);
    await parts.close();
  });

  test("reports what it cannot read, and brings back the rest", async () => {
    await rm(join(directory, "db"), { recursive: true });
    await writeFile(join(directory, "records", "learnwares", "far.json"), '{"id": "far"');
    await removeZip("lost", 1);
    await removeZip("near", 2);
    const parts = await open();
    expect(problems()).toEqual([
      expect.stringMatching(/^learnwares\/far\.json: /),
      expect.stringMatching(/^lost, version 1: its zip .* is missing/),
      expect.stringMatching(/^near, version 2: its zip .* is missing/),
    ]);
    const { cards, history, specification } = await sayOf(parts);
    expect(cards.map(({ name }) => name)).toEqual(["Newest"]);
    expect(history.map(({ version }) => version)).toEqual([2, 1]);
    expect(history[0]?.createdAt).toEqual(said.history[0]?.createdAt);
    expect(specification).toEqual(said.specification);
    await parts.close();
  });

  test("that was killed while it built its database builds it again", async () => {
    await rm(join(directory, "db"), { recursive: true });
    const script = fileURLToPath(import.meta.resolve("../fixtures/reindexer.ts"));
    const child = spawn(process.execPath, ["--import", "tsx", script, directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(createInterface(child.stdout), "line");
    child.kill("SIGKILL");
    await once(child, "close");
    expect(await readdir(directory)).toContain("db.new");
    expect(await readdir(directory)).not.toContain("db");
    const parts = await open();
    expect(await sayOf(parts)).toEqual(said);
    await parts.close();
    expect((await readdir(directory)).sort()).toEqual(["blobs", "db", "records"]);
  });

  test("builds its database anew when it is asked to, and keeps the one before", async () => {
    const parts = await open({ rebuild: true });
    expect(await sayOf(parts)).toEqual(said);
    await parts.close();
    expect((await readdir(directory)).sort()).toEqual(["blobs", "db", "db.old", "records"]);
  });

  test("finds what was acknowledged before the machine went down, though its database forgot", async () => {
    const parts = await open();
    await parts.intake.take("late", await packageOf("Late", at(2, 2)), "upload");
    await parts.close();
    await rm(join(directory, "db"), { recursive: true });
    await cp(join(filled, "db"), join(directory, "db"), { recursive: true });
    await writeFile(join(directory, "records", "last-end"), "open another-boot");
    const again = await open();
    expect((await again.store.find("late"))?.name).toBe("Late");
    expect(events.at(-1)).toEqual({ kind: "done", learnwares: 5, lost: 0 });
    await again.close();
  });

  test("that has a database and no records writes them, and builds nothing from none", async () => {
    await rm(join(directory, "records"), { recursive: true });
    await expect(open({ rebuild: true })).rejects.toMatchObject({ code: "bad_input" });
    await (await open()).close();
    expect(events).toEqual([]);
    await rm(join(directory, "db"), { recursive: true });
    const parts = await open();
    // Versions that were retired are in the database still.
    expect(await sayOf(parts)).toEqual(said);
    await parts.close();
  });
});
