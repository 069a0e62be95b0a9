import { EngineError } from "../ground/errors";
import type { Book } from "../specification/book/book";
import { unpackShares } from "../specification/book/shares";
import type { Comparison, PackedRkme, PairKernel, ReachingRkme } from "./pairs";

/**
 * Compares weights on one book: sets whose `weights` are packed shares, one for each point of the book, and whose `points`
 * are left out. Products are those of the embeddings, βᵀKγ, in double precision; kernel and width are the book's.
 *
 * Cost of a comparison is O(m); of what is covered, which is worked out when it is asked for, O(m) times the points of the
 * book that lie within the reach of one.
 */
export class BookPairs implements PairKernel {
  readonly #book: Book;
  /** Shape [m, m]: of each point, all of them, the nearest first. */
  readonly #order: Uint16Array;
  /** Shape [m, m]: squared distances, in that order. */
  readonly #squared: Float32Array;

  constructor(book: Book) {
    const { rows } = book.points;
    this.#book = book;
    this.#order = new Uint16Array(rows * rows);
    this.#squared = new Float32Array(rows * rows);
    for (let i = 0; i < rows; i++) {
      const distances = squaredDistances(book, i);
      const order = Array.from(distances.keys()).sort((a, b) => distances[a]! - distances[b]!);
      this.#order.set(order, i * rows);
      order.forEach((j, place) => (this.#squared[i * rows + place] = distances[j]!));
    }
  }

  /** As of any `PairKernel`; a point of the book that the one has weight on is covered if it is within the other's reach. */
  compare(one: PackedRkme, _gamma: number, others: readonly ReachingRkme[]): Comparison[] {
    const { points, gram } = this.#book;
    const m = points.rows;
    const weights = this.#weightsOf(one);
    const means = new Float64Array(m);
    for (let i = 0; i < m; i++) {
      if (weights[i] === 0) continue;
      for (let j = 0; j < m; j++) means[j]! += weights[i]! * gram.data[i * m + j]!;
    }
    return others.map((other) => {
      const theirs = this.#weightsOf(other);
      let cross = 0;
      for (let j = 0; j < m; j++) cross += theirs[j]! * means[j]!;
      const covered = () => this.#covered(weights, theirs, other.radiusSquared);
      return {
        cross,
        get covered() {
          return covered();
        },
      };
    });
  }

  #covered(weights: Float64Array, theirs: Float64Array, radiusSquared: number): Uint8Array {
    const m = weights.length;
    const covered = new Uint8Array(Math.ceil(m / 8));
    for (let i = 0; i < m; i++) {
      if (weights[i] === 0) continue;
      for (let at = i * m; at < (i + 1) * m && this.#squared[at]! <= radiusSquared; at++) {
        if (theirs[this.#order[at]!] === 0) continue;
        covered[i >> 3]! |= 1 << (i & 7);
        break;
      }
    }
    return covered;
  }

  #weightsOf({ weights }: PackedRkme): Float64Array {
    const m = this.#book.points.rows;
    if (weights.length === 2 * m) return unpackShares(weights);
    throw new EngineError("shape_mismatch", `${weights.length} bytes are not ${m} weights`);
  }
}

/** Shape [m]: from one point to each. */
function squaredDistances({ points: { data, rows, cols } }: Book, i: number): Float32Array {
  return new Float32Array(rows).map((_, j) => {
    let sum = 0;
    for (let k = 0; k < cols; k++) sum += (data[i * cols + k]! - data[j * cols + k]!) ** 2;
    return sum;
  });
}
