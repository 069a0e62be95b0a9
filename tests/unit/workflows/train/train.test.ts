import { describe, expect, test } from "vitest";

import { finish } from "../../../../src/engine/ground/finish";
import { encodeRows } from "../../../../src/engine/kinds/table/space/encode";
import { foundSpace } from "../../../../src/engine/kinds/table/space/found";
import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";
import { runnableModel } from "../../../../src/engine/learnware/runnable-model";
import { openLearnware } from "../../../../src/engine/learnware/package";
import { trainLearnware, type TrainOptions } from "../../../../src/workflows/train/train";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { decodeStat } from "../../../../src/engine/specification/files/codec";
import type { Column, Table } from "../../../../src/engine/kinds/table/columns/column";
import { openModel } from "../../../../src/runtime/models/ort-session";
import { matrixInput } from "../../../../src/engine/learnware/model-input";
import { secretOf } from "../../../fixtures/secret";

const random = seededRandom(3);
const rows = 240;

function numbers(name: string, make: (row: number) => number): Column {
  const values = Float64Array.from({ length: rows }, (_, row) => make(row));
  return { name, type: "number", numbers: values, codes: null, categories: [] };
}

const size = numbers("size", () => 50 + 10 * normal(random));
const age = numbers("age", () => 30 * random());
const price = numbers(
  "price",
  (row) => 3 * size.numbers![row]! - 2 * age.numbers![row]! + normal(random),
);
const verdict: Column = {
  name: "verdict",
  type: "category",
  numbers: null,
  codes: Int32Array.from(price.numbers!, (value) => (value > 120 ? 0 : 1)),
  categories: ["dear", "cheap"],
};
const table: Table = { rows, columns: [size, age, price, verdict] };
const plan = {
  id: "flats",
  name: "Flats",
  description: "",
  features: [{ column: "size" }, { column: "age" }],
};
const island = foundSpace(plan, table);
const matches = [
  { feature: "size", column: 0 },
  { feature: "age", column: 1 },
];
const about = { name: "Flats", description: "Flats.", scenario: [], licence: "MIT", source: "" };

function train(options: Omit<TrainOptions, "about" | "secret">) {
  return finish(
    trainLearnware(new ReferenceCompute(), table, island, matches, {
      about,
      secret: secretOf(1),
      ...options,
    }),
  );
}

describe("training a learnware", () => {
  test("packs a model that predicts, with its metric and a specification of its rows", async () => {
    const { zip, preflight } = await train({ target: { column: "price" }, model: "linear" });
    const { manifest, semantic, stat, model } = await openLearnware(zip);
    const [metric] = manifest.metrics;
    expect(metric).toMatchObject({ name: "rmse", rows: 40 });
    expect(metric!.value).toBeLessThan(0.1 * metric!.trivial);
    expect(semantic.License.Values).toEqual(["MIT"]);
    expect(decodeStat(stat).rkme.rowCount).toBe(190);
    expect(preflight.fewestRows).toBeGreaterThanOrEqual(5);
    const session = await openModel(model, runnableModel(manifest));
    const { data } = await session.predict([
      matrixInput("X", encodeRows(table, island, matches, { scaled: false })),
    ]);
    expect(data[0]).toBeCloseTo(price.numbers![0]!, -1);
    await session.dispose();
  });

  test("names its classes in the order of the probabilities", async () => {
    const { manifest } = await train({ target: { column: "verdict" }, model: "trees" });
    expect(runnableModel(manifest)).toMatchObject({
      task: "classification",
      labels: ["cheap", "dear"],
    });
    expect(manifest.metrics[0]!.value).toBeGreaterThan(manifest.metrics[0]!.trivial);
  });

  test("chooses the kind of model that is better on held-back rows", async () => {
    expect((await train({ target: { column: "price" } })).kind).toBe("linear");
  });

  test("does not shoot off where it was not trained", async () => {
    const { zip } = await train({ target: { column: "price" }, model: "linear" });
    const { manifest, model } = await openLearnware(zip);
    const session = await openModel(model, runnableModel(manifest));
    const { data } = await session.predict([
      matrixInput("X", { data: Float32Array.of(1e6, -1e6), rows: 1, cols: 2 }),
    ]);
    expect(data[0]).toBeLessThan(3 * Math.max(...price.numbers!));
    await session.dispose();
  });

  test("makes the same bytes for the same seed and secret", async () => {
    const [a, b] = [
      await train({ target: { column: "price" }, seed: 4 }),
      await train({ target: { column: "price" }, seed: 4 }),
    ];
    expect(a.zip).toEqual(b.zip);
  });

  test("refuses a target that is not there, or that nothing can be learnt from", async () => {
    await expect(train({ target: { column: "rent" } })).rejects.toMatchObject({
      code: "bad_parameter",
    });
    await expect(
      train({ target: { column: "size", task: "classification" } }),
    ).rejects.toMatchObject({ code: "bad_parameter" });
  });
});
