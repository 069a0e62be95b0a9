/** Numbers that are looked at. */
const MOST_SEEN = 1000;
const MOST_DIFFERENT = 50;
/** A currency, a unit, a percent sign; a bound is not that of all numbers. */
const AROUND = /^[+-]?([^\d.,+\-<>≤≥~≈()]*)[+-]?[.,]?\d(?:[\d.,'’\s]*\d)?[.,]?(\D*)$/;

/** Finds out what stands before and behind the numbers of a column. */
export class Around {
  #seen = 0;
  readonly #counts = new Map<string, { readonly pair: readonly [string, string]; count: number }>();

  /** A number that nothing stands around. */
  notePlain(): void {
    this.#seen++;
  }

  note(cell: string): void {
    if (this.#seen++ >= MOST_SEEN) return;
    const [, before, after] = AROUND.exec(cell) ?? [];
    if (before === undefined || after === undefined) return;
    const key = `${before}0${after}`;
    const known = this.#counts.get(key);
    if (known) known.count++;
    else if (this.#counts.size < MOST_DIFFERENT) {
      this.#counts.set(key, { pair: [before, after], count: 1 });
    }
  }

  /** What stands around more than half of them; else nothing. */
  get most(): readonly [before: string, after: string] {
    const [best] = [...this.#counts.values()].sort((a, b) => b.count - a.count);
    return best && 2 * best.count > Math.min(this.#seen, MOST_SEEN) ? best.pair : ["", ""];
  }
}
