import type { Matrix } from "../../ground/matrix";
import { type Random, seededRandom } from "../../ground/random";

/**
 * A fair sample of rows that come one after the other: at any time every set of `size` of the rows
 * seen is equally likely to be held. Cost is O(size · log(seen / size)) random numbers; rows that
 * are skipped cost nothing.
 *
 * Source: reservoir sampling is Vitter, "Random Sampling with a Reservoir", ACM TOMS 11 (1985);
 * this way of drawing skips is algorithm L of Li, "Reservoir-Sampling Algorithms of Time
 * Complexity O(n(1 + log(N/n)))", ACM TOMS 20 (1994).
 */
export class Reservoir {
  readonly #size: number;
  readonly #cols: number;
  readonly #random: Random;
  #data: Float32Array;
  #seen = 0;
  /** The largest of `size` uniform numbers that rows would have been given: those held have the smallest. */
  #largest: number;
  /** Number of the next row to be taken in, counted from 0. */
  #next: number;

  constructor(size: number, cols: number, seed: number) {
    this.#size = size;
    this.#cols = cols;
    this.#random = seededRandom(seed);
    this.#data = new Float32Array(0);
    this.#largest = this.#shrink();
    this.#next = size + this.#skip();
  }

  /** Rows offered so far. */
  get seen(): number {
    return this.#seen;
  }

  /** The rows held, shape [min(size, seen), cols], in no order. */
  get rows(): Matrix<Float32Array> {
    const rows = Math.min(this.#size, this.#seen);
    return { data: this.#data.slice(0, rows * this.#cols), rows, cols: this.#cols };
  }

  /** @param block - Shape [n, cols]. */
  add({ data, rows, cols }: Matrix<Float32Array>): void {
    const before = this.#seen;
    this.#seen += rows;
    const filling = Math.min(rows, Math.max(0, this.#size - before));
    if (filling > 0) {
      this.#makeRoom((before + filling) * cols);
      this.#data.set(data.subarray(0, filling * cols), before * cols);
    }
    while (this.#next < this.#seen) {
      const from = (this.#next - before) * cols;
      const slot = Math.floor(this.#random() * this.#size);
      this.#data.set(data.subarray(from, from + cols), slot * cols);
      this.#largest *= this.#shrink();
      this.#next += 1 + this.#skip();
    }
  }

  /** How much smaller the largest number gets when a row is replaced. */
  #shrink(): number {
    return Math.exp(Math.log(this.#uniform()) / this.#size);
  }

  #skip(): number {
    return Math.floor(Math.log(this.#uniform()) / Math.log1p(-this.#largest));
  }

  /** In (0, 1]. */
  #uniform(): number {
    return 1 - this.#random();
  }

  #makeRoom(numbers: number): void {
    if (this.#data.length >= numbers) return;
    const most = this.#size * this.#cols;
    const larger = new Float32Array(Math.min(most, Math.max(numbers, 2 * this.#data.length)));
    larger.set(this.#data);
    this.#data = larger;
  }
}
