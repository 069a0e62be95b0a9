import type { Matrix } from "../../ground/matrix";
import { hashRows } from "./hash-rows";
import { deriveSecret, hashKey, type Secret } from "./secret";

/** A row that is held, and how many there were of it. */
interface Held {
  readonly row: Float32Array;
  copies: number;
}

/**
 * A sample of rows that come one after the other, which depends on a secret and on what rows there are, but not on
 * their order: the different rows of the smallest keyed hashes, with as many copies as there were of each. What a
 * repeat in another order would otherwise add, it does not.
 *
 * Where more different rows come than are held, those that are dropped go with all their copies: a sample that is fair
 * on average, and as good as any where few rows have many copies.
 *
 * Memory does not grow with the number of rows; cost O(rows · cols).
 *
 * Source: Cohen, Kaplan, "Summarizing Data Using Bottom-k Sketches", PODC 2007.
 */
export class KeyedSample {
  readonly #size: number;
  readonly #cols: number;
  readonly #key: Uint32Array;
  /** By hash, of 53 bits; at most twice as many as the sample has. */
  #held = new Map<number, Held>();
  /** Hashes beyond it are not held any more. */
  #largest = Infinity;
  #seen = 0;

  /** @param size - Rows of the sample, ≥ 1. */
  constructor(size: number, cols: number, secret: Secret) {
    this.#size = size;
    this.#cols = cols;
    this.#key = hashKey(deriveSecret(secret, "sample"));
  }

  /** Rows offered so far. */
  get seen(): number {
    return this.#seen;
  }

  /** The sample, shape [min(size, seen), cols], copies next to each other. */
  get rows(): Matrix<Float32Array<ArrayBuffer>> {
    this.#drop();
    const held = [...this.#held].sort(([a], [b]) => a - b).map(([, one]) => one);
    const total = held.reduce((sum, { copies }) => sum + copies, 0);
    const rows = Math.min(this.#size, total);
    const data = new Float32Array(rows * this.#cols);
    // Equal steps through all copies.
    for (let at = 0, next = 0, passed = held[0]?.copies ?? 0; at < rows; at++) {
      const wanted = ((at + 0.5) * total) / rows;
      while (passed < wanted) passed += held[++next]!.copies;
      data.set(held[next]!.row, at * this.#cols);
    }
    return { data, rows, cols: this.#cols };
  }

  /** @param block - Shape [n, cols]. */
  add({ data, rows, cols }: Matrix<Float32Array>): void {
    this.#seen += rows;
    const words = new Uint32Array(data.buffer, data.byteOffset, data.length);
    const { high, low } = hashRows(words, cols, this.#key);
    for (let i = 0; i < rows; i++) {
      const hash = high[i]! * 2 ** 21 + (low[i]! >>> 11);
      if (hash > this.#largest) continue;
      const one = this.#held.get(hash);
      if (one) {
        one.copies++;
        continue;
      }
      this.#held.set(hash, { row: data.slice(i * cols, (i + 1) * cols), copies: 1 });
      if (this.#held.size >= 2 * this.#size) this.#drop();
    }
  }

  /** Only those are dropped that can never be in the sample again, so that no copy goes uncounted. */
  #drop(): void {
    if (this.#held.size <= this.#size) return;
    this.#largest = Float64Array.from(this.#held.keys()).sort()[this.#size - 1]!;
    for (const hash of this.#held.keys()) if (hash > this.#largest) this.#held.delete(hash);
  }
}
