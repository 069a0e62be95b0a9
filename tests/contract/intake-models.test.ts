import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import JSZip from "jszip";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { Intake } from "../../src/dock/intake/intake";
import { ModelRunner } from "../../src/dock/intake/model-runner";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { tableModel } from "../../src/engine/learnware/table-model";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { Describer } from "../../src/dock/storage/describer";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { readAll } from "../../src/dock/storage/blobs/read-all";
import { patience } from "../patience";
import { readGoldenText } from "../fixtures/golden/read-golden";
import { island, packageOf } from "../fixtures/learnwares";
import {
  labelModel,
  mixingModel,
  oddModel,
  stubbornModel,
  wholeModel,
  wideModel,
} from "../fixtures/odd-models";

let store: SqlStore;
let models: ModelRunner;
let intake: Intake;
let blobs: FileBlobs;

beforeAll(async () => {
  store = await SqlStore.open(await PgliteDatabase.open());
  models = new ModelRunner(patience(3));
  blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-models-")));
  const describer = await Describer.create(blobs);
  intake = new Intake({ store, blobs, describer, models, onChange: () => Promise.resolve() });
  await store.putSpace(island);
});
afterAll(async () => {
  await models.close();
  await store.close();
});

const RUNTIME_TEXT = /ERROR|onnxruntime|\/mnt|\.cc|\.h:|std::|undefined/;

describe("the door for models", () => {
  test.each([
    [
      "takes five columns of its three",
      oddModel({ takes: { shape: ["N", 5] } }),
      /takes 5 features, got 2/,
    ],
    ["takes whole numbers", wholeModel(), /must be of float32, float64 or strings, not int64/],
    [
      "gives two numbers for one",
      wideModel(),
      /gives 2 numbers for each row, its manifest tells of 1/,
    ],
    [
      "gives labels and no scores",
      labelModel(),
      /must be of float32 or float64, not int64; .* the probabilities/,
    ],
    ["is of an ONNX to come", oddModel({ opset: 99 }), /a newer version of ONNX/],
    ["lets rows change each other's answers", mixingModel(), /when other rows stand beside it/],
    ["runs on no number of rows but its own", stubbornModel(), /the model failed on the rows/],
    [
      "takes a picture",
      oddModel({ takes: { shape: ["N", 1, 2] }, gives: { shape: ["N", 1, 2] } }),
      /input of 3 dimensions/,
    ],
  ])("refuses a model that %s, in words", async (_, model, words) => {
    const zip = await packageOf("Bad", { model });
    const error: unknown = await intake
      .take("bad", zip, "upload")
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(words) as string });
    expect((error as Error).message).not.toMatch(RUNTIME_TEXT);
    expect(await store.find("bad")).toBeNull();
  });

  test("does not run again what was run before", async () => {
    const offer = { id: "a", zip: await packageOf("Bad", { model: mixingModel() }) };
    const offers = [{ ...offer, origin: "starter", isTried: true }];
    expect((await intake.takeAll(offers)).get("a")).toMatchObject({ name: "Bad" });
    await store.remove("a");
  });

  test.each([
    ["of a width that it does not declare", oddModel({ takes: { shape: ["N", "D"] } })],
    ["that declares no shape at all", oddModel({ takes: { shape: ["", ""] } })],
    [
      "that takes exactly four rows",
      oddModel({ takes: { shape: [4, 2] }, gives: { shape: [4, 1] } }),
    ],
    [
      "that takes one row at a time",
      oddModel({ takes: { shape: [1, 2] }, gives: { shape: [1, 1] } }),
    ],
    ["that takes one row at a time because it mixes them", mixingModel({ shape: [1, 2] })],
  ])("lets in a model %s", async (_, model) => {
    const card = await intake.take("good", await packageOf("Good", { model }), "upload");
    expect(card.id).toBe("good");
  });

  test("founds no island for a learnware that it refuses", async () => {
    const features = island.features.map((one) => ({ ...one, name: `new ${one.name}` }));
    const names = features.map(({ name }) => name);
    const about = tableModel(names, { task: "regression", target: "price", labels: [] });
    const zip = await packageOf("Bad", {
      model: wideModel(),
      manifest: { model: about },
      space: { ...island, features },
    });
    const before = (await store.islands()).length;
    await expect(intake.take("bad", zip, "upload")).rejects.toThrow(/gives 2 numbers/);
    expect(await store.islands()).toHaveLength(before);
  });
});

test("a specification of the Python package stands beside a learnware's own, and is kept to the byte", async () => {
  const theirs = readGoldenText("files/stat_text.json");
  const zip = await JSZip.loadAsync(await packageOf("Both"));
  const manifest = await zip.file("learnware.yaml")!.async("text");
  const entry =
    "stat_specifications:\n  - class_name: RKMETextSpecification\n    file_name: theirs.json\n";
  zip.file("learnware.yaml", manifest.replace("stat_specifications:\n", entry));
  zip.file("theirs.json", theirs);
  const { sha256 } = await intake.take(
    "both",
    await zip.generateAsync({ type: "uint8array" }),
    "upload",
  );
  const kept = await JSZip.loadAsync((await readAll((await blobs.open(sha256))!.stream))!);
  expect(await kept.file("theirs.json")!.async("text")).toBe(theirs);
});
