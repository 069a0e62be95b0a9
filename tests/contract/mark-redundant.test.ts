import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { AppError } from "../../src/contracts/outcome";
import { Describer } from "../../src/dock/storage/describer";
import { Intake } from "../../src/dock/intake/intake";
import { RedundancyMarks } from "../../src/dock/jobs/mark-redundant";
import { ModelRunner } from "../../src/dock/intake/model-runner";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { exportOnnx } from "../../src/engine/learnware/onnx/onnx-export";
import { tableModel } from "../../src/engine/learnware/table-model";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { encodeStat } from "../../src/engine/specification/files/codec";
import { boundlessModel, endlessModel } from "../fixtures/hostile-models";
import { island, packageOf, type PackageChange, rkmeAround } from "../fixtures/learnwares";
import { simulatedPackage } from "../fixtures/simulated-cards";
import { SimulatedMarket } from "../fixtures/simulated-market";
import { matrixInput } from "../../src/engine/learnware/model-input";

let store: SqlStore;
let intake: Intake;
let models: ModelRunner;
let marks: RedundancyMarks;
const keep = () => Promise.resolve();

beforeAll(async () => {
  store = await SqlStore.open(await PgliteDatabase.open());
  const blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-marks-")));
  const describer = await Describer.create(blobs);
  const onChange = () => Promise.resolve();
  intake = new Intake({ store, blobs, describer, onChange });
  models = new ModelRunner(3000);
  marks = new RedundancyMarks({ store, blobs, describer, models });
});
afterAll(async () => {
  await models.close();
  await store.close();
});

/** An island of its own for a test. */
async function found(id: string): Promise<Space> {
  const own = { ...island, id };
  await store.putSpace(own);
  return own;
}

async function take(own: Space, id: string, { manifest, ...change }: PackageChange = {}) {
  const { rkme = rkmeAround(1, 0) } = change;
  const extras = { space: own.id, spaceVersion: 1, radiusSquared: 0.5 };
  const zip = await packageOf(id, {
    ...change,
    stat: encodeStat(rkme, extras),
    manifest: { ...manifest, space: { id: own.id, version: 1 } },
  });
  return intake.take(id, zip, "test");
}

/** Which learnware covers which, once all are decided. */
async function decided({ id }: Pick<Space, "id">): Promise<Record<string, string>> {
  expect(await marks.run(id, { keep })).toBe(true);
  expect(await store.undecided(id, 1)).toEqual([]);
  const matches = await store.match({ filter: {}, islandIds: [id], limit: 100 });
  return Object.fromEntries(
    matches.flatMap(({ card, coveredBy }) => (coveredBy === null ? [] : [[card.id, coveredBy]])),
  );
}

function linear(area: number, age: number): Uint8Array<ArrayBuffer> {
  return exportOnnx({
    task: "regression",
    features: 2,
    standardiser: {
      means: Float64Array.of(0, 0),
      factors: Float64Array.of(1, 1),
      lows: Float64Array.of(-100, -100),
      highs: Float64Array.of(100, 100),
    },
    weights: { data: Float64Array.of(area, age), rows: 1, cols: 2 },
    intercepts: Float64Array.of(3),
  });
}

describe("RedundancyMarks", () => {
  test("mark the newer of two that were trained in one place and answer the same", async () => {
    const own = await found("same");
    await take(own, "first");
    await take(own, "copy");
    await take(own, "elsewhere", { rkme: rkmeAround(4, 4) });
    await take(own, "otherwise", { model: linear(-2, 1) });
    expect(await decided(own)).toEqual({ copy: "first" });
  });

  test("give each model its features in its own order", async () => {
    const own = await found("turned");
    await take(own, "plain", { model: linear(2, -1) });
    const model = tableModel(["age", "area"], { task: "regression", target: "price", labels: [] });
    const change = { manifest: { model } };
    await take(own, "turned", { ...change, model: linear(-1, 2) });
    await take(own, "not-turned", { ...change, model: linear(2, -1) });
    expect(await decided(own)).toEqual({ turned: "plain" });
  });

  test("find the first among more copies than are looked at", async () => {
    const own = await found("crowd");
    const copies = Array.from({ length: 25 }, (_, i) => `crowd-${i}`);
    for (const id of copies) await take(own, id);
    const others = copies.slice(1).map((id) => [id, "crowd-0"]);
    expect(await decided(own)).toEqual(Object.fromEntries(others));
  });

  test("are decided again when the one that covers others is removed or replaced", async () => {
    const own = await found("changes");
    const first = await take(own, "ch-1");
    for (const id of ["ch-2", "ch-3"]) await take(own, id);
    expect(await decided(own)).toEqual({ "ch-2": "ch-1", "ch-3": "ch-1" });
    await intake.remove(first.id);
    expect(await decided(own)).toEqual({ "ch-3": "ch-2" });
    await take(own, "ch-1");
    expect(await decided(own)).toEqual({ "ch-3": "ch-2" }); // It was the first, and is not asked again.
    await take(own, "ch-2", { model: linear(-2, 1) });
    expect(await decided(own)).toEqual({ "ch-3": "ch-1" });
  });

  test("in a simulated market fall on the near-duplicates of a task and no others", async () => {
    const market = new SimulatedMarket({ count: 500, cols: 6 });
    const islands = new Set<string>();
    const expected: Record<string, string> = {};
    for (const task of [0, 50, 100, 150, 200]) {
      for (const variant of [0, 4, 8, 2, 3]) {
        const id = `simulated-${task + variant}`;
        const zip = await simulatedPackage(market, task + variant, { carrySpace: true });
        islands.add((await intake.take(id, zip, "test")).islandId);
        if (variant === 4 || variant === 8) expected[id] = `simulated-${task}`;
      }
    }
    const covered: Record<string, string> = {};
    for (const id of islands) Object.assign(covered, await decided({ id }));
    expect(covered).toEqual(expected);
  });

  test("leave models alone that take too long or too much, and go on with others", async () => {
    const own = await found("hostile");
    await take(own, "honest");
    await take(own, "endless", { model: endlessModel() });
    await take(own, "boundless", { model: boundlessModel() });
    await take(own, "honest-copy");
    expect(await decided(own)).toEqual({ "honest-copy": "honest" });
  });

  test("run models with no more memory than they may have", async () => {
    const zip = await packageOf("Boundless", { model: boundlessModel() });
    const rows = { data: new Float32Array(80), rows: 40, cols: 2 };
    await expect(models.run({ zip, inputs: [matrixInput("X", rows)] })).rejects.toThrow(
      /too much memory/,
    );
  });

  test("stop when told to, and leave the rest undecided", async () => {
    const own = await found("stopped");
    for (const id of ["st-1", "st-2"]) await take(own, id);
    let asked = 0;
    const once = () =>
      asked++ === 0 ? Promise.resolve() : Promise.reject(new AppError("aborted", "closing"));
    await expect(marks.run(own.id, { keep: once })).rejects.toMatchObject({ code: "aborted" });
    expect(await store.undecided(own.id, 9)).toEqual(["st-2"]);
    expect(await decided(own)).toEqual({ "st-2": "st-1" });
  });
});
