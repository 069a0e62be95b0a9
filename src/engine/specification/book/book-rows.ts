import { type Matrix, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { gaussianGram } from "../kernel/gaussian";
import { gaussianGamma, type Kernel } from "../kernel/kernel";

/** Squared distances worked out between two looks at whether to go on. */
const PAIRS_AT_ONCE = 1 << 18;

/** Rows beside the points of a book: all that a specification on it is compared with them by. */
export class BookRows {
  readonly rows: number;
  /** c, shape [m]: the kernel mean of the rows at each point. */
  readonly means: Float64Array;
  /** Shape [n, m]: squared distances. */
  readonly #squared: Float32Array;
  /** Shape [m, m]: the kernel between points. */
  readonly gram: Matrix<Float64Array>;
  readonly #gamma: number;

  private constructor(
    squared: Float32Array,
    means: Float64Array,
    gram: Matrix<Float64Array>,
    gamma: number,
  ) {
    this.rows = squared.length / means.length;
    this.means = means;
    this.#squared = squared;
    this.gram = gram;
    this.#gamma = gamma;
  }

  /**
   * Cost is O(n · m · d), once for however many specifications; 4 · n · m bytes are held.
   *
   * @param points - Shape [m, d].
   * @param x - Shape [n, d], on the same scale.
   */
  static async *of(points: Matrix, x: Matrix<Float32Array>, kernel: Kernel): Steps<BookRows> {
    const gamma = gaussianGamma(kernel);
    const m = points.rows;
    const squared = new Float32Array(x.rows * m);
    const means = new Float64Array(m);
    const rowsAtOnce = Math.max(1, Math.floor(PAIRS_AT_ONCE / m));
    for (let start = 0; start < x.rows; start += rowsAtOnce) {
      yield { stage: "match", done: 0, total: 1 };
      const end = Math.min(x.rows, start + rowsAtOnce);
      for (let i = start; i < end; i++) {
        measure(points, x, i, squared);
        for (let j = 0; j < m; j++) means[j]! += Math.exp(-gamma * squared[i * m + j]!);
      }
    }
    const gram = gaussianGram(points, points, gamma);
    return new BookRows(
      squared,
      means.map((sum) => sum / x.rows),
      gram,
      gamma,
    );
  }

  /** The kernel between one row and every point, shape [m]. */
  at(row: number): Float64Array {
    const m = this.means.length;
    const squared = this.#squared.subarray(row * m, (row + 1) * m);
    return Float64Array.from(squared, (value) => Math.exp(-this.#gamma * value));
  }

  /**
   * Kβ: the kernel mean of weighted points at every point; the inner product of two embeddings is that of this with
   * the other's weights.
   *
   * @param weights - β, shape [m].
   * @returns Shape [m].
   */
  embed(weights: Float64Array): Float64Array {
    const { data, cols } = this.gram;
    const { data: embedded } = zeros(cols, 1);
    weights.forEach((weight, i) => {
      if (weight === 0) return;
      for (let j = 0; j < cols; j++) embedded[j]! += weight * data[i * cols + j]!;
    });
    return embedded;
  }

  /**
   * Which rows lie near some point that carries weight.
   *
   * @param weights - Shape [m].
   * @returns Shape [n]: 1 for those within this squared distance.
   */
  covered(weights: Float64Array, radiusSquared: number): Uint8Array {
    const carrying = Int32Array.from(weights.keys()).filter((j) => weights[j] !== 0);
    const hits = new Uint8Array(this.rows);
    for (let i = 0, at = 0; i < hits.length; i++, at += weights.length) {
      let k = 0;
      while (k < carrying.length && !(this.#squared[at + carrying[k]!]! <= radiusSquared)) k++;
      if (k < carrying.length) hits[i] = 1;
    }
    return hits;
  }
}

/** Write the squared distances of a row to all points. */
function measure(
  { data: z, rows: m, cols }: Matrix,
  { data: x }: Matrix<Float32Array>,
  row: number,
  squared: Float32Array,
): void {
  const from = row * cols;
  for (let j = 0, at = 0; j < m; j++) {
    let sum = 0;
    for (let k = 0; k < cols; k++, at++) {
      const difference = x[from + k]! - z[at]!;
      sum += difference * difference;
    }
    squared[row * m + j] = sum;
  }
}
