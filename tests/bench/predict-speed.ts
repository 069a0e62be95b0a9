import { openModels } from "../../src/cli/threads/open-models";
import type { Matrix } from "../../src/engine/ground/matrix";
import { openModel } from "../../src/runtime/models/ort-session";
import { HOW_TO_COMPARE, nativeRuntime } from "../native-runtime";
import { COLS, madeUpRows, madeUpTrees } from "./predict-model";
import type { Figure } from "./report";
import { matrixInput } from "../../src/engine/learnware/model-input";

const ROWS = 100_000;
/** As reuse reads a table. */
const BLOCK_ROWS = 10_000;
const REPEATS = 12;

type Predict = (rows: Matrix<Float32Array>) => Promise<unknown>;

/**
 * Seconds for 100,000 rows by 100 trees: here (onnxruntime's WASM build), by its native build with one thread where
 * that is installed, and here over one and two threads, on the same rows in the same blocks, in turns.
 */
export async function benchTrees(): Promise<Figure[]> {
  const [bytes, table] = [await madeUpTrees(), madeUpRows(ROWS, 3)];
  const model = await openModel(bytes);
  const threads = [1, 2].map((count) => openModels(count));
  const pooled = await Promise.all(threads.map((pool) => pool.open(bytes)));
  const native = await openNative(bytes);
  if (!native) console.log(HOW_TO_COMPARE);
  const [here, one, two, there] = await inTurns(table, [
    ...[model, ...pooled].map(
      (way) => (rows: Matrix<Float32Array>) => way.predict([matrixInput("X", rows)]),
    ),
    ...(native ? [native] : []),
  ]);
  await model.dispose();
  threads.forEach((pool) => pool.dispose());
  const name = `trees100/n${ROWS}-d${COLS}`;
  const seconds = figure(name, "seconds", "s", here!);
  return [
    ...(there === undefined
      ? [seconds]
      : [{ ...seconds, baseline: there }, figure(name, "ratio_to_native", "ratio", here! / there)]),
    figure(`${name}/threads1`, "seconds", "s", one!),
    figure(`${name}/threads2`, "seconds", "s", two!),
    figure(`${name}/threads2`, "speedup", "ratio", one! / two!),
  ];
}

/** Least seconds of each way, as other work on the machine only ever slows one down; they take turns. */
async function inTurns(table: Matrix<Float32Array>, ways: readonly Predict[]): Promise<number[]> {
  const times: number[][] = ways.map(() => []);
  for (let repeat = 0; repeat <= REPEATS; repeat++) {
    for (const [w, predict] of ways.entries()) {
      const start = performance.now();
      await Promise.all(blocksOf(table).map(predict));
      if (repeat > 0) times[w]!.push((performance.now() - start) / 1000);
    }
  }
  return times.map((some) => Math.min(...some));
}

function blocksOf({ data, rows, cols }: Matrix<Float32Array>): Matrix<Float32Array>[] {
  return Array.from({ length: Math.ceil(rows / BLOCK_ROWS) }, (_, b) => {
    const block = data.slice(b * BLOCK_ROWS * cols, (b + 1) * BLOCK_ROWS * cols);
    return { data: block, rows: block.length / cols, cols };
  });
}

async function openNative(bytes: Uint8Array): Promise<Predict | null> {
  if (!nativeRuntime) return null;
  const { InferenceSession, Tensor } = nativeRuntime;
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  return async ({ data, rows, cols }) =>
    session.run({ X: new Tensor("float32", data, [rows, cols]) });
}

function figure(name: string, metric: string, unit: string, value: number): Figure {
  return { suite: "predict", case: name, metric, unit, value };
}
