import { EngineError } from "../ground/errors";
import type { Book } from "../specification/book/book";
import { unpackShares } from "../specification/book/shares";
import type { Comparison, PackedRkme, PairKernel, ReachingRkme } from "./pairs";

/**
 * Compares weights on one book: sets whose `weights` are packed shares, one for each point of the book, and whose `points`
 * are left out. Products are those of the embeddings, βᵀKγ, in double precision; kernel and width are the book's.
 *
 * Cost of a comparison is O(m) for the product, and at most O(m²) for what is covered.
 */
export class BookPairs implements PairKernel {
  readonly #book: Book;
  /** Shape [m, m]: squared distances between the points. */
  readonly #squared: Float32Array;

  constructor(book: Book) {
    this.#book = book;
    this.#squared = squaredDistances(book);
  }

  /** As of any `PairKernel`; a point of the book that the one has weight on is covered if it is within the other's reach. */
  compare(one: PackedRkme, _gamma: number, others: readonly ReachingRkme[]): Comparison[] {
    const { points, gram } = this.#book;
    const m = points.rows;
    const weights = this.#weightsOf(one);
    const held = carrying(weights);
    const means = new Float64Array(m);
    for (const i of held) {
      for (let j = 0; j < m; j++) means[j]! += weights[i]! * gram.data[i * m + j]!;
    }
    return others.map((other) => {
      const theirs = this.#weightsOf(other);
      const theirPoints = carrying(theirs);
      let cross = 0;
      for (const j of theirPoints) cross += theirs[j]! * means[j]!;
      const covered = new Uint8Array(Math.ceil(m / 8));
      for (const i of held) {
        const isNear = (j: number) => this.#squared[i * m + j]! <= other.radiusSquared;
        if (theirPoints.some(isNear)) covered[i >> 3]! |= 1 << (i & 7);
      }
      return { cross, covered };
    });
  }

  #weightsOf({ weights }: PackedRkme): Float64Array {
    const m = this.#book.points.rows;
    if (weights.length === 2 * m) return unpackShares(weights);
    throw new EngineError("shape_mismatch", `${weights.length} bytes are not ${m} weights`);
  }
}

function carrying(weights: Float64Array): number[] {
  return Array.from(weights.keys()).filter((j) => weights[j]! > 0);
}

function squaredDistances({ points: { data, rows, cols } }: Book): Float32Array {
  const squared = new Float32Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = 0; k < cols; k++) sum += (data[i * cols + k]! - data[j * cols + k]!) ** 2;
      squared[i * rows + j] = sum;
      squared[j * rows + i] = sum;
    }
  }
  return squared;
}
