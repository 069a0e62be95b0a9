/** Keeps the indices of the `limit` smallest scores; of equal ones those that came first. */
export class Smallest {
  readonly #limit: number;
  /** A binary heap, the largest on top; of equal scores the one that came last. */
  readonly #scores: Float64Array;
  readonly #indices: Uint32Array;
  #size = 0;

  /** @param limit - ≥ 1. */
  constructor(limit: number) {
    this.#limit = limit;
    this.#scores = new Float64Array(limit);
    this.#indices = new Uint32Array(limit);
  }

  /** Only lower scores have a chance. */
  get bound(): number {
    return this.#size < this.#limit ? Infinity : this.#scores[0]!;
  }

  /** @param index - Larger than any that was offered before. */
  offer(score: number, index: number): void {
    if (this.#size < this.#limit) this.#rise(this.#size++, score, index);
    else if (score < this.#scores[0]!) this.#sink(score, index);
  }

  /** In ascending order. */
  indices(): Uint32Array {
    return this.#indices.slice(0, this.#size).sort();
  }

  #rise(from: number, score: number, index: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#scores[parent]! > score) break; // An equal one came before, so it sinks.
      this.#put(at, this.#scores[parent]!, this.#indices[parent]!);
      at = parent;
    }
    this.#put(at, score, index);
  }

  #sink(score: number, index: number): void {
    let at = 0;
    for (let child = 1; child < this.#size; child = 2 * at + 1) {
      if (child + 1 < this.#size && this.#isAbove(child + 1, child)) child++;
      if (this.#scores[child]! <= score) break; // An equal one came before.
      this.#put(at, this.#scores[child]!, this.#indices[child]!);
      at = child;
    }
    this.#put(at, score, index);
  }

  #isAbove(a: number, b: number): boolean {
    const difference = this.#scores[a]! - this.#scores[b]!;
    return difference > 0 || (difference === 0 && this.#indices[a]! > this.#indices[b]!);
  }

  #put(at: number, score: number, index: number): void {
    this.#scores[at] = score;
    this.#indices[at] = index;
  }
}
