/** Where things of their own widths begin when they stand side by side. */
export class Places {
  readonly #starts: Float64Array;

  constructor(count: number, widthOf: (index: number) => number) {
    this.#starts = new Float64Array(count + 1);
    for (let i = 0; i < count; i++) this.#starts[i + 1] = this.#starts[i]! + widthOf(i);
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  get end(): number {
    return this.#starts[this.count]!;
  }

  startOf(index: number): number {
    return this.#starts[index]!;
  }

  widthOf(index: number): number {
    return this.#starts[index + 1]! - this.#starts[index]!;
  }

  /** Which of them lies at a distance from the first one's start; the first or last beyond the ends. */
  at(distance: number): number {
    let [low, high] = [0, this.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= distance) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }
}
