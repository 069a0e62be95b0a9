import { createHash } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { Describer } from "../../src/dock/describer";
import { Intake } from "../../src/dock/intake";
import { FileBlobs } from "../../src/dock/store/file-blobs";
import { PgliteDatabase } from "../../src/dock/store/pglite-database";
import { SqlStore } from "../../src/dock/store/sql-store";
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
  intake = new Intake({
    store,
    blobs,
    describer: await Describer.create(),
    onChange: (islandId) => {
      changed.push(islandId);
      return Promise.resolve();
    },
  });
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
