/** Browsers draw no element higher than some 17 million pixels, and scroll ever less exactly before that. */
const HIGHEST = 8e6;

/**
 * How far a list is scrolled that may be higher than a browser can scroll. Small moves are exact; a long one, such as with
 * the scroll bar, goes to the same share of the list; `settle` brings the bar to where it belongs when all is still.
 */
export class ScrollRange {
  #barTop = $state(0);
  /** What the bar's place is short of the list's. */
  #ahead = $state(0);
  readonly #total: () => number;
  readonly #view: () => number;

  /**
   * @param total - Height of the list in pixels.
   * @param view - Height of what is seen of it.
   */
  constructor(total: () => number, view: () => number) {
    this.#total = total;
    this.#view = view;
  }

  /** What the scrolled element is to be high. */
  get height(): number {
    return Math.min(this.#total(), HIGHEST);
  }

  /** How far the list is scrolled. */
  get top(): number {
    return Math.max(0, Math.min(this.#barTop + this.#ahead, this.#total() - this.#view()));
  }

  /** What to take from a place in the list to get one in the element. */
  get ahead(): number {
    return this.#ahead;
  }

  /** The element was scrolled. */
  scrolled(barTop: number): void {
    const isLong = Math.abs(barTop - this.#barTop) > 2 * this.#view();
    const isAtEnd = barTop <= 0 || barTop >= this.height - this.#view() - 1;
    this.#barTop = barTop;
    if (this.height === this.#total()) this.#ahead = 0;
    else if (isLong || isAtEnd) this.#ahead = barTop * (this.#scale() - 1);
  }

  /** Go to a place in the list. @returns Where to scroll the element; tell `scrolled` of it first. */
  goTo(top: number): number {
    const wanted = Math.max(0, Math.min(top, this.#total() - this.#view()));
    if (this.height === this.#total()) return (this.#barTop = wanted);
    this.#barTop = wanted / this.#scale();
    this.#ahead = wanted - this.#barTop;
    return this.#barTop;
  }

  /** Pixels of the list for one of the element. */
  #scale(): number {
    const view = this.#view();
    return (this.#total() - view) / Math.max(1, this.height - view);
  }
}
