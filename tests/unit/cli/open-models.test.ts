import { afterEach, expect, test, vi } from "vitest";

import { openModels } from "../../../src/cli/threads/open-models";
import { fitGradientBoosting } from "../../../src/engine/learner/trees/gradient-boosting";
import { exportOnnx } from "../../../src/engine/learnware/onnx/onnx-export";
import { pickRows } from "../../../src/engine/ground/matrix";
import { ModelPool } from "../../../src/runtime/models/model-pool";
import { openModel } from "../../../src/runtime/models/ort-session";
import { finish } from "../../../src/engine/ground/finish";
import { madeUpTable } from "../engine/learner/made-up-table";
import { loopingModel } from "../../fixtures/hostile-models";
import { zeroModel } from "../engine/learnware/sample-package";
import { matrixInput } from "../../../src/engine/learnware/model-input";

const { inputs, values } = madeUpTable(1000, 4);
const pools: ModelPool[] = [];

function pool(count: number): ModelPool {
  const opened = openModels(count);
  pools.push(opened);
  return opened;
}

afterEach(() => pools.splice(0).forEach((one) => one.dispose()));

async function treesOnnx() {
  const target = { task: "regression", values } as const;
  return exportOnnx(await finish(fitGradientBoosting(inputs, target, { rounds: 20 })));
}

test("blocks asked for at once are answered by several threads as by one", async () => {
  const bytes = await treesOnnx();
  const [many, one] = [await pool(2).open(bytes), await openModel(bytes)];
  const blocks = Array.from({ length: 5 }, (_, b) =>
    pickRows(
      inputs,
      Array.from({ length: 200 }, (_, i) => b * 200 + i),
    ),
  );
  const answers = await Promise.all(blocks.map((block) => many.predict([matrixInput("X", block)])));
  expect(many.features).toBe(one.features);
  for (const [b, block] of blocks.entries())
    expect(answers[b]).toEqual(await one.predict([matrixInput("X", block)]));
  await one.dispose();
});

test("a model that cannot be run is refused, and the others go on", async () => {
  const models = pool(1);
  const good = await models.open(zeroModel(2));
  await expect(models.open(new Uint8Array(50).fill(7))).rejects.toMatchObject({
    code: "bad_model",
  });
  const rows = { data: new Float32Array(6), rows: 2, cols: 3 };
  await expect(good.predict([matrixInput("X", rows)])).rejects.toMatchObject({ code: "bad_model" });
  expect(await good.predict([matrixInput("X", { ...rows, rows: 3, cols: 2 })])).toMatchObject({
    rows: 3,
    cols: 1,
  });
});

test("a thread that says nothing is given up, and a fresh one takes its place", async () => {
  let started = 0;
  const silent = new ModelPool({
    spawn: () => {
      started++;
      const nothing = () => undefined;
      const port = {
        postMessage: nothing,
        addEventListener: nothing,
        removeEventListener: nothing,
      };
      return { port, onEnd: nothing, end: nothing };
    },
    count: 1,
    openMs: 20,
  });
  await expect(silent.open(zeroModel(1))).rejects.toThrow("within 20 ms");
  await expect(silent.open(zeroModel(1))).rejects.toThrow("within 20 ms");
  expect(started).toBe(2);
});

test("a model without an end is stopped by its own time, and what waits behind it goes on", async () => {
  const models = openModels(1, { answerMs: 500 });
  pools.push(models);
  const [endless, good] = [await models.open(loopingModel()), await models.open(zeroModel(2))];
  const rows = (count: number) =>
    matrixInput("X", { data: new Float32Array(2 * count), rows: count, cols: 2 });
  const [stopped, ...answered] = await Promise.allSettled([
    endless.predict([rows(40)]),
    good.predict([rows(3)]),
    good.predict([rows(4)]),
  ]);
  const reason = { code: "bad_model", details: { reason: "too_slow" } };
  expect(stopped).toMatchObject({ status: "rejected", reason });
  expect(answered).toMatchObject([{ value: { rows: 3 } }, { value: { rows: 4 } }]);
});

test("what waits when all is closed is told so, and starts nothing", async () => {
  const models = openModels(1);
  const first = models.open(zeroModel(2));
  const second = models.open(zeroModel(2));
  models.dispose();
  for (const one of [first, second]) await expect(one).rejects.toMatchObject({ code: "bad_model" });
});

test("memory that a model took is given back when its pool is closed", async () => {
  const models = pool(1);
  const model = await models.open(zeroModel(20));
  const rows = 1_000_000;
  await model.predict([matrixInput("X", { data: new Float32Array(rows * 20), rows, cols: 20 })]);
  await model.dispose();
  const held = process.memoryUsage.rss();
  models.dispose();
  // The rows alone are 80 MB in the runtime's heap, which closing a model does not shrink.
  await vi.waitFor(() => expect(held - process.memoryUsage.rss()).toBeGreaterThan(150_000_000), {
    timeout: 10_000,
    interval: 100,
  });
});
