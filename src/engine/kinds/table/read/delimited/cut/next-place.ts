/**
 * Finds where a mark comes next in a text that is gone through from its beginning to its end, now and then some steps back.
 * All searches together cost about as much as one through the whole text, also where the mark is rare.
 */
export class NextPlace {
  readonly #text: string;
  readonly #mark: string;
  /** From the first to the second there is none but the one at the second, which is the length of the text where there is none. */
  #from = 0;
  #found: number;

  constructor(text: string, mark: string) {
    this.#text = text;
    this.#mark = mark;
    this.#found = this.#search(0);
  }

  /** @returns The length of the text where there is none. */
  at(from: number): number {
    if (from > this.#found) this.#found = this.#search(from);
    else if (from < this.#from) {
      const before = this.#text.slice(from, this.#from + this.#mark.length - 1);
      const place = before.indexOf(this.#mark);
      if (place >= 0) this.#found = from + place;
    }
    this.#from = from;
    return this.#found;
  }

  #search(from: number): number {
    const place = this.#text.indexOf(this.#mark, from);
    return place < 0 ? this.#text.length : place;
  }
}
