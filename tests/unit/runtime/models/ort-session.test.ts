import { describe, expect, it } from "vitest";

import {
  fitGradientBoosting,
  predictGradientBoosting,
} from "../../../../src/engine/learner/trees/gradient-boosting";
import { predictLinear } from "../../../../src/engine/learner/linear/linear-model";
import { fitLogistic } from "../../../../src/engine/learner/linear/logistic";
import { fitRidge } from "../../../../src/engine/learner/linear/ridge";
import type { ClassTarget, NumberTarget } from "../../../../src/engine/learner/target";
import { exportOnnx } from "../../../../src/engine/learnware/onnx/onnx-export";
import { entryOf, inspectOnnx } from "../../../../src/engine/learnware/onnx/onnx-inspect";
import { openModel } from "../../../../src/runtime/models/ort-session";
import { finish } from "../../../../src/engine/ground/finish";
import { classesOf, madeUpTable } from "../../engine/learner/made-up-table";
import { mixingModel, oddModel } from "../../../fixtures/odd-models";
import { zeroModel } from "../../engine/learnware/sample-package";
import { matrixInput } from "../../../../src/engine/learnware/model-input";

const { inputs, values } = madeUpTable(1500, 11);
// House prices: a base far above the spread.
const numbers: NumberTarget = { task: "regression", values: values.map((y) => 5e5 + 1e4 * y) };
const twoClasses: ClassTarget = {
  ...{ task: "classification", classes: 2 },
  codes: classesOf(values, [1]),
};
const fourClasses: ClassTarget = {
  ...{ task: "classification", classes: 4 },
  codes: classesOf(values, [-1, 1, 3]),
};
const few = { rounds: 40 };

async function trees(target: NumberTarget | ClassTarget) {
  const model = await finish(fitGradientBoosting(inputs, target, few));
  return { model, oracle: predictGradientBoosting(model, inputs) };
}

async function ridge() {
  const model = await finish(fitRidge(inputs, numbers));
  return { model, oracle: predictLinear(model, inputs) };
}

async function logistic(target: ClassTarget) {
  const model = await finish(fitLogistic(inputs, target));
  return { model, oracle: predictLinear(model, inputs) };
}

/** Sums of float32 leaves and products agree with float64 to 1e-6; 1e-5 leaves room. */
const TOLERANCE = 1e-5;

describe("an exported model in onnxruntime", () => {
  it.each([
    ["boosted numbers", () => trees(numbers)],
    ["two boosted classes", () => trees(twoClasses)],
    ["four boosted classes", () => trees(fourClasses)],
    ["ridge regression", ridge],
    ["two logistic classes", () => logistic(twoClasses)],
    ["four logistic classes", () => logistic(fourClasses)],
  ])("agrees with the learner's own prediction: %s", async (_, fit) => {
    const { model, oracle } = await fit();
    const open = await openModel(inspectOnnx(exportOnnx(model)).bytes);
    const answer = await open.predict([matrixInput("X", inputs)]);
    expect([answer.rows, answer.cols]).toEqual([oracle.rows, oracle.cols]);
    const worst = answer.data.reduce((most, p, i) => {
      const truth = oracle.data[i]!;
      return Math.max(most, Math.abs(p - truth) / Math.max(1, Math.abs(truth)));
    }, 0);
    expect(worst).toBeLessThan(TOLERANCE);
    await open.dispose();
  });

  it("keeps the logistic when no leaf is negative, and the base when there is no tree", async () => {
    const { model } = await trees(twoClasses);
    const positive = { ...model.trees[0]!, value: model.trees[0]!.value.map(Math.abs) };
    for (const some of [[], [positive]]) {
      const changed = { ...model, trees: some };
      const open = await openModel(exportOnnx(changed));
      const answer = await open.predict([matrixInput("X", inputs)]);
      const oracle = predictGradientBoosting(changed, inputs);
      oracle.data.forEach((p, i) => expect(answer.data[i]).toBeCloseTo(p, 6));
    }
  });

  it("is small enough to be sent", async () => {
    const options = { rounds: 100, patience: 0 };
    const model = await finish(fitGradientBoosting(inputs, numbers, options));
    expect(model.trees).toHaveLength(100);
    expect(exportOnnx(model).length).toBeLessThan(150_000);
  });
});

describe("openModel", () => {
  it("refuses bytes the runtime cannot load, and works afterwards", async () => {
    const [bad, good] = await Promise.allSettled([
      openModel(new Uint8Array(50).fill(7)),
      openModel(zeroModel(2)),
    ]);
    expect(bad).toMatchObject({ status: "rejected", reason: { code: "bad_model" } });
    expect(good).toMatchObject({ status: "fulfilled", value: { features: 2 } });
  });

  it("refuses rows of another width", async () => {
    const model = await openModel(zeroModel(2));
    const rows = { data: new Float32Array(6), rows: 2, cols: 3 };
    await expect(model.predict([matrixInput("X", rows)])).rejects.toMatchObject({
      code: "bad_model",
    });
  });

  it("refuses an input or output that the model does not have", async () => {
    await expect(openModel(zeroModel(2), { input: "Z" })).rejects.toMatchObject({
      code: "bad_model",
    });
    await expect(openModel(zeroModel(2), { output: "label" })).rejects.toMatchObject({
      code: "bad_model",
    });
  });

  it("answers calls that overlap, each with its own rows", async () => {
    const models = await Promise.all([openModel(zeroModel(1)), openModel(zeroModel(1))]);
    const answers = await Promise.all(
      models.flatMap((model) =>
        [1, 2, 3].map((rows) =>
          model.predict([matrixInput("X", { data: new Float32Array(rows), rows, cols: 1 })]),
        ),
      ),
    );
    expect(answers.map(({ rows }) => rows)).toEqual([1, 2, 3, 1, 2, 3]);
  });
});

describe("a model that many rows are fed to", () => {
  const rows = { data: Float32Array.of(1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 9, 13), rows: 6, cols: 2 };
  const means = [2, 3, 4, 5, 6, 11];
  const answersOf = async (bytes: Uint8Array) => {
    const inspected = inspectOnnx(bytes);
    const entry = entryOf(inspected, { input: "X", output: "values" });
    const model = await openModel(inspected.bytes, entry);
    try {
      return [...(await model.predict([matrixInput("X", rows)])).data];
    } finally {
      await model.dispose();
    }
  };

  it.each([
    ["any number of them", oddModel()],
    ["of no declared width", oddModel({ takes: { shape: ["", ""] } })],
    ["four at a time", oddModel({ takes: { shape: [4, 2] }, gives: { shape: [4, 1] } })],
    ["one at a time", oddModel({ takes: { shape: [1, 2] }, gives: { shape: [1, 1] } })],
  ])("answers each by itself: %s", async (_, model) => {
    expect(await answersOf(model)).toEqual(means);
  });

  it("is fed one by one where it would mix them and was made for one", async () => {
    expect(await answersOf(mixingModel({ shape: [1, 2] }))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("is refused where it mixes them", async () => {
    await expect(answersOf(mixingModel())).rejects.toThrow(/when other rows stand beside it/);
  });
});
