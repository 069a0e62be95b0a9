/**
 * @file The kernel sums in plain double-precision loops: the oracle that every faster
 * implementation is tested against, and the last fallback. Prefer clarity over speed here.
 */

import type { Matrix } from "../../ground/matrix";
import { checkPoints, checkRows } from "./check-points";
import type { Compute, KernelPull, LoadedRows, Nearest } from "./compute";
import { checkGamma } from "./gaussian";
import { type RandomFeatures, sketchOf } from "./random-features";

export class ReferenceCompute implements Compute {
  readonly name = "typescript";

  async load(x: Matrix<Float32Array>): Promise<LoadedRows> {
    checkRows(x);
    return new ReferenceRows(x);
  }

  dispose(): void {
    // Nothing is held outside the garbage collector's reach.
  }
}

class ReferenceRows implements LoadedRows {
  readonly rows: number;
  readonly cols: number;
  readonly #x: Matrix<Float32Array>;

  constructor(x: Matrix<Float32Array>) {
    this.#x = x;
    this.rows = x.rows;
    this.cols = x.cols;
  }

  async kernelMeans(z: Matrix, gamma: number): Promise<Float64Array> {
    checkGamma(gamma);
    checkPoints(z, this.cols);
    const d = this.cols;
    const x = this.#x.data;
    const points = Float64Array.from(z.data);
    const means = new Float64Array(z.rows);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < z.rows; j++) {
        means[j]! += Math.exp(-gamma * squaredDistance(x, i, points, j, d));
      }
    }
    return means.map((sum) => sum / this.rows);
  }

  async kernelPull(z: Matrix, gamma: number): Promise<KernelPull> {
    checkGamma(gamma);
    checkPoints(z, this.cols);
    const d = this.cols;
    const x = this.#x.data;
    const points = Float64Array.from(z.data);
    const means = new Float64Array(z.rows);
    const pull = new Float64Array(z.rows * d);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < z.rows; j++) {
        const k = Math.exp(-gamma * squaredDistance(x, i, points, j, d));
        means[j]! += k;
        for (let c = 0, p = i * d, q = j * d; c < d; c++, p++, q++) {
          pull[q]! += k * (x[p]! - points[q]!);
        }
      }
    }
    const mean = (sum: number) => sum / this.rows;
    return { means: means.map(mean), pull: { data: pull.map(mean), rows: z.rows, cols: d } };
  }

  async nearest(z: Matrix): Promise<Nearest> {
    checkPoints(z, this.cols);
    const d = this.cols;
    const x = this.#x.data;
    const points = Float64Array.from(z.data);
    const index = new Int32Array(this.rows);
    const squared = new Float32Array(this.rows);
    for (let i = 0; i < this.rows; i++) {
      let best = Infinity;
      for (let j = 0; j < z.rows; j++) {
        const distance = squaredDistance(x, i, points, j, d);
        if (distance < best) {
          best = distance;
          index[i] = j;
        }
      }
      squared[i] = best;
    }
    return { index, squaredDistance: squared };
  }

  async featureMeans(features: RandomFeatures): Promise<Float64Array> {
    return sketchOf(this.#x, null, features);
  }

  dispose(): void {
    // The garbage collector takes the rows.
  }
}

/** Always on the same types of array, which makes it several times faster than the general one. */
function squaredDistance(
  x: Float32Array,
  i: number,
  points: Float64Array,
  j: number,
  d: number,
): number {
  let sum = 0;
  for (let k = 0, p = i * d, q = j * d; k < d; k++, p++, q++) {
    const difference = x[p]! - points[q]!;
    sum += difference * difference;
  }
  return sum;
}
