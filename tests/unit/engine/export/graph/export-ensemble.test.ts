import * as wasmRuntime from "onnxruntime-web/wasm";
import { beforeAll, describe, expect, it } from "vitest";

import { exportEnsemble } from "../../../../../src/engine/export/graph/export-ensemble";
import { inspectOnnx } from "../../../../../src/engine/learnware/onnx/onnx-inspect";
import type { Matrix } from "../../../../../src/engine/ground/matrix";
import { fitWay, predictRows } from "../../../../../src/engine/reuse/predict/predict-rows";
import { prepareReuse } from "../../../../../src/engine/reuse/predict/prepare-reuse";
import type { ReuserName } from "../../../../../src/engine/reuse/reuser";
import { openModel } from "../../../../../src/runtime/models/ort-session";
import { finish } from "../../../../../src/engine/ground/finish";
import { HOW_TO_COMPARE, nativeRuntime } from "../../../../native-runtime";
import { realMarket, island } from "./real-market";
import { featureRows } from "../../../../../src/engine/kinds/table/rows/feature-rows";
import { matrixInput } from "../../../../../src/engine/learnware/model-input";
import { GRAPH_NAMES } from "../../../../../src/engine/learnware/onnx/onnx-export";

type Task = "regression" | "classification";

const ROWS = 600;

async function prepare(task: Task, known: number, only?: string) {
  const { request, models } = await realMarket(task, known);
  const learnwares = request.learnwares.filter(({ id }) => only === undefined || id === only);
  const prepared = await finish(prepareReuse({ ...request, learnwares }));
  return { request, models, prepared };
}

/** What the pipeline predicts for all rows, and what the exported model does. */
async function both({ request, models, prepared }: Prepared, name: ReuserName) {
  const fitted = await finish(fitWay(prepared, name));
  const expected: number[] = [];
  const { way } = await finish(
    predictRows(fitted, ROWS, ({ values }) => void expected.push(...values.data)),
  );
  const exported = exportEnsemble(way, island, (id) => models.get(id)!);
  const rows = await request.rows.read({ from: 0, to: ROWS }, exported.ownColumns > 0);
  const about = { features: exported.features, input: GRAPH_NAMES.input };
  const encoded = featureRows(rows.inputs(about));
  const inputs = rows.own && exported.ownColumns > 0 ? beside(encoded, rows.own) : encoded;
  const model = await openModel(inspectOnnx(exported.model).bytes);
  const { data } = await model.predict([matrixInput(GRAPH_NAMES.input, inputs)]);
  await model.dispose();
  return { expected, got: [...data], exported, inputs, way };
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

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
const labelled: ReuserName[] = [
  "stack",
  "prune",
  "head",
  "own_model",
  "guided_model",
  "augment_linear",
  "augment_trees",
];

const MARKET_TIME = 60_000;

describe.each(["regression", "classification"] as const)("exportEnsemble: %s", (task) => {
  let without: Prepared;
  let withAnswers: Prepared;

  beforeAll(async () => {
    without = await prepare(task, 0);
    withAnswers = await prepare(task, 120);
  }, MARKET_TIME);

  it.each(unlabelled)("predicts what the pipeline does without answers: %s", async (name) => {
    const { expected, got } = await both(without, name);
    expect(got).toHaveLength(expected.length);
    expect(worst(expected, got)).toBeLessThan(1e-5);
  });

  it.each(labelled)("predicts what the pipeline does with answers: %s", async (name) => {
    const { expected, got } = await both(withAnswers, name);
    expect(worst(expected, got)).toBeLessThan(1e-5);
  });

  it("predicts what the pipeline does in the way that it recommends", async () => {
    const { expected, got } = await both(withAnswers, withAnswers.prepared.choice.recommended.name);
    expect(worst(expected, got)).toBeLessThan(1e-5);
  });
});

describe("exportEnsemble", () => {
  it.for([
    ["the WASM build", wasmRuntime],
    ["the native build", nativeRuntime],
  ] as const)(
    "writes votes and labels, at the temperature that answers taught, for %s",
    { timeout: MARKET_TIME },
    async ([, runtime], { skip }) => {
      if (!runtime) return skip(HOW_TO_COMPARE);
      const market = await prepare("classification", 120);
      const { expected, exported, inputs, way } = await both(market, "vote");
      expect(way.uncertainty.temperature).not.toBe(1);
      expect(exported.labels).toEqual(["low", "middle", "high"]);
      const session = await runtime.InferenceSession.create(exported.model);
      const { data, rows, cols } = inputs;
      const answer = await session.run({ X: new runtime.Tensor("float32", data, [rows, cols]) });
      const shares = [...(answer["probabilities"]!.data as Float32Array)];
      expect(worst(expected, shares)).toBeLessThan(1e-5);
      const labels = [...(answer["label"]!.data as BigInt64Array)].map(Number);
      labels.forEach((label, i) => {
        const row = expected.slice(i * 3, (i + 1) * 3);
        expect(row[label]).toBe(Math.max(...row));
      });
    },
  );

  it(
    "leaves out features that no model takes",
    async () => {
      const { exported } = await both(await prepare("regression", 0), "average");
      expect(exported.features).toEqual(["a", "b", "side"]);
      const one = await both(await prepare("regression", 0, "m1"), "average");
      expect(one.exported.features).toEqual(["a", "b"]);
      expect(worst(one.expected, one.got)).toBeLessThan(1e-5);
    },
    MARKET_TIME,
  );
});
