/**
 * How much of something large may be drawn: a little more with every task, so that drawing it at first does not hold the page
 * up. Once all was drawn there is no limit any more.
 */
export class Growing {
  #limit = $state(0);
  readonly #step: number;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** @param step - So much more with every task. */
  constructor(step: number) {
    this.#step = step;
  }

  get limit(): number {
    return this.#limit;
  }

  /** Let it grow until this much is drawn. */
  towards(wanted: number): void {
    clearTimeout(this.#waiting);
    if (this.#limit >= wanted) this.#limit = Infinity;
    else {
      this.#waiting = setTimeout(() => {
        this.#limit += this.#step;
      });
    }
  }

  stop(): void {
    clearTimeout(this.#waiting);
  }
}
