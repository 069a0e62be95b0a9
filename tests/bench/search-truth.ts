import type { Entry } from "../../src/dock/storage/learnware-store";
import type { Specification } from "../../src/engine/specification/specification";
import { Smallest } from "../../src/engine/search/sketches/smallest";
import type { FormedSpace } from "./search-form";
import { SHOWN } from "./search-subject";

/** The learnwares whose weights are nearest to those of some queries: all are compared while they are put in. */
export class NearestOnBook {
  readonly #queries: readonly Float32Array[];
  readonly #nearest: readonly Smallest[];
  #count = 0;

  private constructor(queries: readonly Float32Array[]) {
    this.#queries = queries;
    this.#nearest = queries.map(() => new Smallest(SHOWN));
  }

  static async of({ space, describer }: FormedSpace, queries: readonly Specification[]) {
    const form = await describer.form(space);
    return new NearestOnBook(queries.map((query) => form.sketch(form.pack(query))));
  }

  /** Whether there was anything to compare with: what an earlier run left is not looked through. */
  get isFull(): boolean {
    return this.#count > 0;
  }

  /** @param first - Index of the first of the entries in the market; they come in their order. */
  offer(first: number, entries: readonly Entry[]): void {
    this.#count += entries.length;
    entries.forEach(({ described: { sketch } }, i) => {
      this.#queries.forEach((query, q) => {
        const nearest = this.#nearest[q]!;
        nearest.offer(squaredDistance(query, sketch, nearest.bound), first + i);
      });
    });
  }

  truth(): number[][] {
    return this.#nearest.map((nearest) => [...nearest.indices()]);
  }
}

/** Numbers after which it is looked whether more of them can matter. */
const STRIDE = 16;

/** Or something above the bound, where it is above it. */
function squaredDistance(a: Float32Array, b: Float32Array, bound: number): number {
  let sum = 0;
  for (let from = 0; from < a.length && sum <= bound; from += STRIDE) {
    const end = Math.min(a.length, from + STRIDE);
    for (let i = from; i < end; i++) sum += (a[i]! - b[i]!) ** 2;
  }
  return sum;
}
