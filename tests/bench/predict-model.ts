import { finish } from "../../src/engine/ground/finish";
import { fitGradientBoosting } from "../../src/engine/learner/trees/gradient-boosting";
import { exportOnnx } from "../../src/engine/learnware/onnx/onnx-export";
import type { Matrix } from "../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../src/engine/ground/random";

export const COLS = 20;
const TREES = 100;
const TRAINING_ROWS = 20_000;

/** Normal numbers: [rows, 20]. */
export function madeUpRows(rows: number, seed: number): Matrix<Float32Array> {
  const random = seededRandom(seed);
  const data = Float32Array.from({ length: rows * COLS }, () => normal(random));
  return { data, rows, cols: COLS };
}

/** 100 boosted trees of 15 leaves on 20 columns, written as learnwares are. */
export async function madeUpTrees(): Promise<Uint8Array<ArrayBuffer>> {
  const inputs = madeUpRows(TRAINING_ROWS, 1);
  const noise = seededRandom(2);
  const values = Float64Array.from({ length: inputs.rows }, (_, i) => {
    const x = inputs.data.subarray(i * COLS, (i + 1) * COLS);
    const wave = Math.sin(3 * x[2]!) + x[3]! ** 2;
    return x[0]! * x[1]! + wave + (x[5]! > 0 ? x[4]! : -x[4]!) + 0.3 * normal(noise);
  });
  const options = { rounds: TREES, patience: 0 };
  const target = { task: "regression", values } as const;
  return exportOnnx(await finish(fitGradientBoosting(inputs, target, options)));
}
