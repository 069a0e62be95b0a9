import { type Matrix, zeros } from "../../ground/matrix";
import { symmetricEigen } from "../embedding/eigen";
import { solveSimplexQp } from "../reduce/simplex-qp";
import type { Book } from "./book";

/**
 * Directions that are told of at most. In the pinned spaces those beyond tell hardly anything that kinds of texts or pictures
 * differ in, and as much as any other of which rows were there.
 */
export const MOST_DIRECTIONS = 32;
/** More columns than directions are turned together, so that those wanted are found in few rounds. */
const SPARE = 8;
const ROUNDS = 12;
/** Of the weights' problem, which has more unknowns than there are directions: the evenest of those that do. */
const RIDGE = 0.1;

/**
 * The directions in which the kernel features of a book's points vary most, by orthogonal iteration. Needs additions, products
 * and square roots alone, so that every machine gives the same bytes. Cost is O(m² · 32) for each of 12 rounds: 40 ms.
 *
 * Source: Golub, Van Loan, "Matrix Computations", 4th edition, section 8.2.4 (orthogonal iteration) and 8.1.2 (Ritz).
 */
export class MainDirections {
  /** How many there are, r. */
  readonly count: number;
  /** Shape [r], descending: of the kernel between points. */
  readonly #values: Float64Array;
  /** Shape [r, m]: a vector of length 1 in each row. */
  readonly #vectors: Matrix<Float64Array>;
  /** K in the directions asked for last. */
  #along: { readonly count: number; readonly gram: Matrix<Float64Array> } | null = null;

  constructor({ gram }: Pick<Book, "gram">) {
    const m = gram.rows;
    const turned = Math.min(m, MOST_DIRECTIONS + SPARE);
    let basis: Matrix<Float64Array> = {
      data: gram.data.slice(0, turned * m),
      rows: turned,
      cols: m,
    };
    for (let round = 0; round < ROUNDS; round++) basis = orthonormal(times(basis, gram));
    const image = times(basis, gram);
    const small = zeros(turned, turned);
    for (let i = 0; i < turned; i++) {
      for (let j = 0; j < turned; j++) small.data[i * turned + j] = dot(basis, i, image, j);
    }
    const { values, vectors } = symmetricEigen(small);
    this.count = Math.min(m, MOST_DIRECTIONS);
    this.#values = values.slice(0, this.count);
    this.#vectors = times({ ...vectors, data: vectors.data.slice(0, this.count * turned), rows: this.count }, basis); // prettier-ignore
  }

  /**
   * The weights whose embedding is nearest in so many of the directions to one that has these values at the points:
   * min ½βᵀ(UΛUᵀ + 0.1 · I)β − (UUᵀc)ᵀβ over β ≥ 0, Σβ = 1.
   *
   * @param means - c, shape [m].
   * @param count - At most as many as there are.
   * @returns Shape [m], each ≥ 0, sum 1.
   */
  weigh(means: Float64Array, count: number, start?: Float64Array): Float64Array {
    const target = new Float64Array(means.length);
    for (let k = 0; k < count; k++) {
      const along = this.#vector(k);
      const part = along.reduce((sum, value, j) => sum + value * means[j]!, 0);
      along.forEach((value, j) => (target[j]! += part * value));
    }
    const options = { ridge: RIDGE, ...(start && { start }) };
    return solveSimplexQp(this.#gramAlong(count), target, options).weights;
  }

  /**
   * Where an embedding lies along the directions, all but the first, which is about the same for everything: so that what all
   * texts or all pictures have in common makes none of them alike. Each direction is divided by a fourth root, half way between
   * those that weigh what they vary and those that all weigh the same.
   *
   * @param means - Shape [m]: the embedding at every point.
   * @returns Shape [r − 1]: Uᵀc / λ^¾.
   */
  place(means: Float64Array): Float64Array {
    return Float64Array.from({ length: this.count - 1 }, (_, k) => {
      const part = this.#vector(k + 1).reduce((sum, value, j) => sum + value * means[j]!, 0);
      const root = Math.sqrt(this.#values[k + 1]!);
      return part / (root * Math.sqrt(root));
    });
  }

  #gramAlong(count: number): Matrix<Float64Array> {
    if (this.#along?.count !== count) {
      const m = this.#vectors.cols;
      const gram = zeros(m, m);
      for (let k = 0; k < count; k++) {
        const along = this.#vector(k);
        for (let i = 0, at = 0; i < m; i++) {
          const part = this.#values[k]! * along[i]!;
          for (let j = 0; j < m; j++) gram.data[at++]! += part * along[j]!;
        }
      }
      this.#along = { count, gram };
    }
    return this.#along.gram;
  }

  #vector(k: number): Float64Array {
    const { data, cols } = this.#vectors;
    return data.subarray(k * cols, (k + 1) * cols);
  }
}

function times(a: Matrix<Float64Array>, b: Matrix<Float64Array>): Matrix<Float64Array> {
  const product = zeros(a.rows, b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.cols; k++) {
      const value = a.data[i * a.cols + k]!;
      const from = k * b.cols;
      for (let j = 0, at = i * b.cols; j < b.cols; j++)
        product.data[at++]! += value * b.data[from + j]!;
    }
  }
  return product;
}

/** The same directions, each at right angles to those before it and of length 1; in place. */
function orthonormal(rows: Matrix<Float64Array>): Matrix<Float64Array> {
  const { data, cols } = rows;
  for (let i = 0; i < rows.rows; i++) {
    // Twice is enough: what rounding leaves of the first time, the second takes away.
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const along = dot(rows, i, rows, j);
        for (let k = 0; k < cols; k++) data[i * cols + k]! -= along * data[j * cols + k]!;
      }
      const length = Math.sqrt(dot(rows, i, rows, i)) || 1;
      for (let k = 0; k < cols; k++) data[i * cols + k]! /= length;
    }
  }
  return rows;
}

function dot(a: Matrix<Float64Array>, i: number, b: Matrix<Float64Array>, j: number): number {
  let sum = 0;
  for (let k = 0, p = i * a.cols, q = j * b.cols; k < a.cols; k++, p++, q++) {
    sum += a.data[p]! * b.data[q]!;
  }
  return sum;
}
