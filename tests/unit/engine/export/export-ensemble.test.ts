import * as native from "onnxruntime-node";
import { describe, expect, it } from "vitest";

import { exportEnsemble } from "../../../../src/engine/export/export-ensemble";
import { columnsOf } from "../../../../src/engine/island/encode";
import { inspectOnnx } from "../../../../src/engine/learnware/onnx-inspect";
import type { Matrix } from "../../../../src/engine/matrix";
import { fitWay, predictRows } from "../../../../src/engine/reuse/predict-rows";
import { prepareReuse } from "../../../../src/engine/reuse/prepare-reuse";
import type { ReuserName } from "../../../../src/engine/reuse/reuser";
import { openModel } from "../../../../src/runtime/ort-session";
import { finish } from "../reuse/finish";
import { type RealMarket, realMarket } from "./real-market";

const ROWS = 600;

/** What the pipeline predicts for all rows, and what the exported model does. */
async function both({ request, models }: RealMarket, name: ReuserName) {
  const prepared = await finish(prepareReuse(request));
  const fitted = await finish(fitWay(prepared, name));
  const expected: number[] = [];
  const { way } = await finish(
    predictRows(fitted, ROWS, ({ values }) => void expected.push(...values.data)),
  );
  const exported = exportEnsemble(way, (id) => models.get(id)!);
  const rows = await request.rows.read({ from: 0, to: ROWS }, exported.ownColumns > 0);
  const encoded = columnsOf(rows.encoded, request.island, exported.features);
  const inputs = rows.own && exported.ownColumns > 0 ? beside(encoded, rows.own) : encoded;
  const model = await openModel(inspectOnnx(exported.model).bytes);
  const { data } = await model.predict(inputs);
  await model.dispose();
  return { expected, got: [...data], exported, inputs, way };
}

function beside(a: Matrix<Float32Array>, b: Matrix<Float32Array>): Matrix<Float32Array> {
  const cols = a.cols + b.cols;
  const data = new Float32Array(a.rows * cols);
  for (let i = 0; i < a.rows; i++) {
    data.set(a.data.subarray(i * a.cols, (i + 1) * a.cols), i * cols);
    data.set(b.data.subarray(i * b.cols, (i + 1) * b.cols), i * cols + a.cols);
  }
  return { data, rows: a.rows, cols };
}

const worst = (expected: readonly number[], got: readonly number[]) =>
  expected.reduce(
    (most, y, i) => Math.max(most, Math.abs(y - got[i]!) / Math.max(1, Math.abs(y))),
    0,
  );

const unlabelled: ReuserName[] = ["average", "weigh_by_row", "select"];
const labelled: ReuserName[] = ["stack", "prune", "own_model", "augment_linear", "augment_trees"];

describe.each(["regression", "classification"] as const)("exportEnsemble: %s", (task) => {
  it.each(unlabelled)("predicts what the pipeline does without answers: %s", async (name) => {
    const { expected, got } = await both(await realMarket(task, 0), name);
    expect(got).toHaveLength(expected.length);
    expect(worst(expected, got)).toBeLessThan(1e-5);
  });

  it.each(labelled)("predicts what the pipeline does with answers: %s", async (name) => {
    const { expected, got } = await both(await realMarket(task, 120), name);
    expect(worst(expected, got)).toBeLessThan(1e-5);
  });
});

describe("exportEnsemble", () => {
  it("writes votes", async () => {
    const { expected, got, exported } = await both(await realMarket("classification", 0), "vote");
    expect(exported.labels).toEqual(["low", "middle", "high"]);
    expect(worst(expected, got)).toBeLessThan(1e-5);
  });

  it("writes probabilities at the temperature that answers taught", async () => {
    const { way } = await both(await realMarket("classification", 120), "average");
    expect(way.doubt.temperature).not.toBe(1);
  });

  it("leaves out features that no model takes", async () => {
    const { exported } = await both(await realMarket("regression", 0), "average");
    expect(exported.features).toEqual(["a", "b", "side"]);
    const market = await realMarket("regression", 0);
    const learnwares = market.request.learnwares.filter(({ id }) => id === "m1");
    const one = await both({ ...market, request: { ...market.request, learnwares } }, "average");
    expect(one.exported.features).toEqual(["a", "b"]);
    expect(worst(one.expected, one.got)).toBeLessThan(1e-5);
  });

  it("gives the same in onnxruntime's native build, labels too", async () => {
    const { expected, exported, inputs } = await both(
      await realMarket("classification", 120),
      "stack",
    );
    const session = await native.InferenceSession.create(exported.model);
    const { data, rows, cols } = inputs;
    const answer = await session.run({ X: new native.Tensor("float32", data, [rows, cols]) });
    expect(worst(expected, [...(answer["probabilities"]!.data as Float32Array)])).toBeLessThan(
      1e-5,
    );
    const labels = [...(answer["label"]!.data as BigInt64Array)].map(Number);
    const classes = exported.labels.length;
    labels.slice(0, 50).forEach((label, i) => {
      const row = expected.slice(i * classes, (i + 1) * classes);
      expect(row[label]).toBe(Math.max(...row));
    });
  });
});
