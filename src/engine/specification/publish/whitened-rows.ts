import { factor, solveFactored, solveLower } from "../../ground/cholesky";
import { type Matrix, zeros } from "../../ground/matrix";
import { gaussianGram } from "../kernel/gaussian";
import { gaussianGamma, type Kernel } from "../kernel/kernel";
import type { Specification } from "../specification";

/** Directions that embeddings are compared in, at most. */
const MOST_DIRECTIONS = 64;
/** What is left of a row's kernel with itself when it adds no direction any more. */
const NOTHING_LEFT = 1e-6;
/**
 * Added to the spread in every direction, in parts of the whole: how much of what is published is not of the rows, but of
 * the way it is made. Between 0.003 and 0.03 the attack is as strong, on thirteen tables in either form.
 */
const NOISE = 0.01;

/**
 * Rows of one table in a few directions of the kernel's space, with how much they spread there: what an
 * attacker needs who asks which of them a specification was made from. The mean of m rows differs from that of others
 * by a spread of Σ / m, so Σ⁻¹ is what weighs every direction by how much it tells.
 *
 * Directions are those of rows, each the one least like those before it. Cost O(n · r · (d + r)) for r ≤ 64 directions.
 *
 * Sources: Fine, Scheinberg, "Efficient SVM Training Using Low-Rank Kernel Representations", JMLR 2 (2001), for the
 * directions; Sankararaman, Obozinski, Jordan, Halperin, "Genomic privacy and limits of individual detection in a
 * pool", Nature Genetics 41 (2009), for the attack on means: the likelihood ratio tells a member by √(r / m)
 * standard deviations.
 */
export class WhitenedRows {
  /** Shape [n, r]. */
  readonly #rows: Matrix<Float64Array>;
  /** The rows whose directions they are, shape [r, d]. */
  readonly #pivots: Matrix<Float64Array>;
  /** Of the kernel between those, lower. */
  readonly #pivotFactor: Float64Array;
  /** Of the rows' covariance with noise, lower. */
  readonly #spreadFactor: Float64Array;
  readonly #kernel: Kernel;

  /** @param x - Shape [n, d], n ≥ 1. */
  constructor(x: Matrix<Float32Array>, kernel: Kernel) {
    this.#kernel = kernel;
    const { rows, chosen } = directions(x, gaussianGamma(kernel));
    const r = chosen.length;
    this.#rows = rows;
    this.#pivots = zeros(r, x.cols);
    this.#pivotFactor = new Float64Array(r * r);
    chosen.forEach((row, at) => {
      this.#pivots.data.set(x.data.subarray(row * x.cols, (row + 1) * x.cols), at * x.cols);
      this.#pivotFactor.set(rows.data.subarray(row * r, row * r + at + 1), at * r);
    });
    const spread = covariance(rows);
    let whole = 0;
    for (let j = 0; j < r; j++) whole += spread.data[j * r + j]!;
    const all = Array.from({ length: r }, (_, j) => j);
    this.#spreadFactor = factor(spread, all, Math.max(NOISE * whole, NOTHING_LEFT));
  }

  /**
   * A specification in the rows' directions.
   *
   * @returns Shape [r].
   */
  place({ points, weights }: Pick<Specification, "points" | "weights">): Float64Array {
    const pivots = this.#pivots;
    const kernels = gaussianGram(pivots, points, gaussianGamma(this.#kernel)).data;
    const values = new Float64Array(pivots.rows);
    for (let i = 0; i < pivots.rows; i++) {
      for (let j = 0; j < points.rows; j++)
        values[i]! += kernels[i * points.rows + j]! * weights[j]!;
    }
    return solveLower(this.#pivotFactor, values);
  }

  /**
   * How much more a specification is drawn to each row than is to be expected.
   *
   * @param placed - Shape [r].
   * @param expected - Shape [r]: where specifications of such rows are on average.
   * @returns Shape [n]: the logarithm of a likelihood ratio, but for a factor and a constant.
   */
  score(placed: Float64Array, expected: Float64Array): Float64Array {
    const { data, rows, cols } = this.#rows;
    const pull = solveFactored(
      this.#spreadFactor,
      placed.map((value, j) => value - expected[j]!),
    );
    const scores = new Float64Array(rows);
    for (let i = 0, p = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++, p++) scores[i]! += data[p]! * pull[j]!;
    }
    return scores;
  }
}

/** Pivoted Cholesky of the kernel between all rows: rows as shape [n, r], and which r of them were chosen. */
function directions(
  x: Matrix<Float32Array>,
  gamma: number,
): { readonly rows: Matrix<Float64Array>; readonly chosen: readonly number[] } {
  const most = Math.min(MOST_DIRECTIONS, x.rows);
  const lower = new Float64Array(x.rows * most);
  const left = new Float64Array(x.rows).fill(1);
  const chosen: number[] = [];
  while (chosen.length < most) {
    const pivot = left.reduce((best, value, i) => (value > left[best]! ? i : best), 0);
    if (!(left[pivot]! > NOTHING_LEFT)) break;
    const row = {
      data: x.data.subarray(pivot * x.cols, (pivot + 1) * x.cols),
      rows: 1,
      cols: x.cols,
    };
    const kernels = gaussianGram(x, row, gamma).data;
    const [at, scale] = [chosen.length, Math.sqrt(left[pivot]!)];
    for (let i = 0; i < x.rows; i++) {
      let value = kernels[i]!;
      for (let j = 0; j < at; j++) value -= lower[i * most + j]! * lower[pivot * most + j]!;
      value /= scale;
      lower[i * most + at] = value;
      left[i]! -= value * value;
    }
    chosen.push(pivot);
  }
  const rows = zeros(x.rows, chosen.length);
  for (let i = 0; i < x.rows; i++) {
    rows.data.set(lower.subarray(i * most, i * most + chosen.length), i * chosen.length);
  }
  return { rows, chosen };
}

/** Shape [r, r]; the lower triangle. */
function covariance({ data, rows, cols }: Matrix<Float64Array>): Matrix<Float64Array> {
  const mean = new Float64Array(cols);
  for (let p = 0; p < data.length; p++) mean[p % cols]! += data[p]! / rows;
  const spread = zeros(cols, cols);
  const centred = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) centred[j] = data[i * cols + j]! - mean[j]!;
    for (let j = 0; j < cols; j++) {
      const value = centred[j]! / rows;
      for (let k = 0; k <= j; k++) spread.data[j * cols + k]! += value * centred[k]!;
    }
  }
  return spread;
}
