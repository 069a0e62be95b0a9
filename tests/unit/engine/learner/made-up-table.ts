import type { Matrix } from "../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../src/engine/ground/random";

/** Seeded rows with far-off columns, a constant one and a tenth missing, and what they decide. */
export function madeUpTable(rows: number, seed = 1) {
  const random = seededRandom(seed);
  const cols = 6;
  const data = new Float32Array(rows * cols);
  const values = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const x = Array.from({ length: 5 }, () => (random() < 0.1 ? NaN : normal(random)));
    data.set([...x.map((value, j) => 1000 * j + 10 * value), 7], i * cols);
    const known = x.map((value) => (Number.isNaN(value) ? 1 : value)) as [number, number, number];
    values[i] = 2 * known[0] + known[1] * known[2] + 0.3 * normal(random);
  }
  const inputs: Matrix<Float32Array> = { data, rows, cols };
  return { inputs, values };
}

/** Cut numbers into classes at the given places. */
export function classesOf(values: Float64Array, cuts: readonly number[]): Int32Array {
  return Int32Array.from(values, (value) => cuts.filter((cut) => value > cut).length);
}

/** Mean squared error over the variance of the truth: 1 is the trivial answer, 0 is perfect. */
export function relativeError(predicted: ArrayLike<number>, truth: Float64Array): number {
  const mean = truth.reduce((sum, y) => sum + y, 0) / truth.length;
  let error = 0;
  let variance = 0;
  truth.forEach((y, i) => {
    error += (predicted[i]! - y) ** 2;
    variance += (y - mean) ** 2;
  });
  return error / variance;
}

/** Share of rows whose most probable class is the true one. */
export function accuracy({ data, rows, cols }: Matrix, codes: Int32Array): number {
  let right = 0;
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    if (row.indexOf(Math.max(...row)) === codes[i]) right++;
  }
  return right / rows;
}
