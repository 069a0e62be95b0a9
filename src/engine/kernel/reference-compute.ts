/**
 * @file The kernel sums in plain double-precision loops: the oracle that every faster
 * implementation is tested against, and the last fallback. Prefer clarity over speed here.
 */

import { type Matrix, zeros } from "../matrix";
import { checkPoints, checkRows } from "./check-points";
import type { Compute, KernelPull, LoadedRows, Nearest } from "./compute";
import { checkGamma, squaredDistance } from "./gaussian";

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
    const means = new Float64Array(z.rows);
    for (let j = 0; j < z.rows; j++) {
      let sum = 0;
      for (let i = 0; i < this.rows; i++) {
        sum += Math.exp(-gamma * squaredDistance(this.#x, i, z, j));
      }
      means[j] = sum / this.rows;
    }
    return means;
  }

  async kernelPull(z: Matrix, gamma: number): Promise<KernelPull> {
    checkGamma(gamma);
    checkPoints(z, this.cols);
    const d = this.cols;
    const x = this.#x.data;
    const means = new Float64Array(z.rows);
    const pull = zeros(z.rows, d);
    for (let j = 0; j < z.rows; j++) {
      const row = pull.data.subarray(j * d, (j + 1) * d);
      let sum = 0;
      for (let i = 0; i < this.rows; i++) {
        const k = Math.exp(-gamma * squaredDistance(this.#x, i, z, j));
        sum += k;
        for (let c = 0; c < d; c++) row[c]! += k * (x[i * d + c]! - z.data[j * d + c]!);
      }
      means[j] = sum / this.rows;
      for (let c = 0; c < d; c++) row[c]! /= this.rows;
    }
    return { means, pull };
  }

  async nearest(z: Matrix): Promise<Nearest> {
    checkPoints(z, this.cols);
    const index = new Int32Array(this.rows);
    const squared = new Float32Array(this.rows);
    for (let i = 0; i < this.rows; i++) {
      let best = Infinity;
      for (let j = 0; j < z.rows; j++) {
        const distance = squaredDistance(this.#x, i, z, j);
        if (distance < best) {
          best = distance;
          index[i] = j;
        }
      }
      squared[i] = best;
    }
    return { index, squaredDistance: squared };
  }

  dispose(): void {
    // The garbage collector takes the rows.
  }
}
