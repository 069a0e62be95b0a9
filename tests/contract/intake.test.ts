import { createHash } from "node:crypto";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { Intake } from "../../src/dock/intake";
import { importStarter } from "../../src/dock/starter";
import { FileBlobs } from "../../src/dock/store/file-blobs";
import { PgliteDatabase } from "../../src/dock/store/pglite-database";
import { SqlStore } from "../../src/dock/store/sql-store";
import type { Island } from "../../src/engine/island/island";
import { encodeStat } from "../../src/engine/spec/codec";
import { island, packageOf, rkmeAround, specificationOf } from "../fixtures/learnwares";

let store: SqlStore;
let blobs: FileBlobs;
let intake: Intake;
/** Islands it said have changed. */
const changed: string[] = [];

beforeAll(async () => {
  store = await SqlStore.open(await PgliteDatabase.open());
  blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-intake-")));
  intake = new Intake(store, blobs, (islandId) => changed.push(islandId));
  await store.putIsland(island);
});
afterAll(async () => store.close());

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("Intake", () => {
  test("keeps a learnware's zip, card and specification", async () => {
    const zip = await packageOf("Good one");
    const card = await intake.take("good", zip, "upload");
    expect(card).toMatchObject({
      id: "good",
      name: "Good one",
      description: "Prices of houses.",
      islandId: island.id,
      licence: "MIT",
      sha256: hashOf(zip),
      sizeBytes: zip.length,
      rowCount: 1200,
    });
    expect(await store.find("good")).toEqual(card);
    expect(await store.findSpecification("good")).toEqual(
      specificationOf("good", rkmeAround(1, 0)),
    );
    expect(await blobs.has(card.sha256)).toBe(true);
    expect(changed).toEqual([island.id]);
  });

  const features = (...names: string[]) => ({
    manifest: {
      model: {
        format: "onnx" as const,
        file_name: "model.onnx",
        features: names,
        task: "regression" as const,
        target: "price",
        labels: [],
        input: "X",
        output: "values",
      },
    },
  });
  const extras = { island: island.id, islandVersion: 1, radiusSquared: 0.5 };
  const narrow = {
    ...rkmeAround(1, 0),
    points: { data: new Float64Array(20), rows: 20, cols: 1 },
  };

  test.each([
    ["names an island nobody has", { manifest: { island: { id: "none", version: 1 } } }],
    [
      "is for another version of its island",
      { manifest: { island: { id: "houses", version: 2 } } },
    ],
    ["takes a feature that the island has not", features("area", "colour")],
    ["is described in fewer columns than the island has", { rkme: narrow }],
    ["is described under another gamma", { rkme: rkmeAround(1, 0, 0.1) }],
    [
      "is described on another island",
      { stat: encodeStat(rkmeAround(1, 0), { ...extras, island: "other" }) },
    ],
  ])("refuses a learnware that %s", async (_, change) => {
    const zip = await packageOf("Bad one", change);
    await expect(intake.take("bad", zip, "upload")).rejects.toMatchObject({ code: "bad_input" });
    expect(await store.find("bad")).toBeNull();
    expect(await blobs.has(hashOf(zip))).toBe(false);
  });

  test("refuses a model that is no ONNX", async () => {
    const zip = await packageOf("Bad one", { model: new Uint8Array([1, 2, 3]) });
    await expect(intake.take("bad", zip, "upload")).rejects.toMatchObject({ code: "bad_model" });
  });

  test("refuses what is no zip", async () => {
    const taking = intake.take("bad", new Uint8Array([1, 2, 3]), "upload");
    await expect(taking).rejects.toMatchObject({ code: "bad_package" });
  });
});

describe("the starter", () => {
  const starterIsland = { ...island, id: "houses" };
  let directory: string;
  const write = async (zips: Record<string, Uint8Array>, islands: Island[] = [starterIsland]) => {
    directory = await mkdtemp(join(tmpdir(), "berth-starter-"));
    await mkdir(join(directory, "packages"));
    for (const [id, zip] of Object.entries(zips)) {
      await writeFile(join(directory, "packages", `${id}.zip`), zip);
    }
    const packages = Object.entries(zips).map(([id, zip]) => {
      return { id, sha256: hashOf(zip), sizeBytes: zip.length };
    });
    const index = { format: "berth-starter-1", islands, packages };
    await writeFile(join(directory, "index.json"), JSON.stringify(index));
  };
  const load = () => importStarter(directory, { store, blobs, intake });

  test("is taken in once, then followed as it changes", async () => {
    const [a, b, newB] = await Promise.all(["A", "B", "New B"].map((name) => packageOf(name)));
    await write({ a: a!, b: b! });
    expect(await load()).toEqual({ added: 2, kept: 0, removed: 0 });
    expect(await load()).toEqual({ added: 0, kept: 2, removed: 0 });

    await write({ b: newB! });
    expect(await load()).toEqual({ added: 1, kept: 0, removed: 1 });
    expect(await store.find("a")).toBeNull();
    expect((await store.find("b"))?.name).toBe("New B");
    expect(await store.find("good")).not.toBeNull(); // Uploaded, so not the starter's to remove.
  });

  test("is refused when a zip is not the one its index names", async () => {
    const zip = await packageOf("C");
    await write({ c: zip });
    await writeFile(join(directory, "packages", "c.zip"), await packageOf("Not C"));
    await expect(load()).rejects.toMatchObject({ code: "hash_mismatch" });
  });

  test("may be missing", async () => {
    directory = "/nowhere/at/all";
    expect(await load()).toEqual({ added: 0, kept: 0, removed: 0 });
  });
});
