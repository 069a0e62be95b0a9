/** A month, or a year and the next. */
const MONTH = /^\d\d(\d\d)[-/](\d\d)$/;
const SHORT = /^(\d{1,2})([.-])(\d{1,2})\2(\d\d)(?!\d)/;

/**
 * What speaks for dates in a column of cells such as 1.2.21 and 12-05-01: years of two digits between dots or hyphens are also
 * how versions and numbers of lots are written; and 2010-11 is a season, too.
 */
export class ShortDates {
  #count = 0;
  #months = 0;
  #seasons = 0;
  #padded = 0;
  readonly #marks = new Set<string>();
  readonly #parts = [new Set<number>(), new Set<number>(), new Set<number>()] as const;

  /** @param cell - That can be read as a date. */
  note(cell: string): void {
    const month = MONTH.exec(cell);
    if (month) {
      this.#months++;
      if ((Number(month[1]) + 1) % 100 === Number(month[2])) this.#seasons++;
    }
    const match = SHORT.exec(cell);
    if (!match) return;
    const [, first, mark, second, year] = match;
    this.#count++;
    if (first!.length === 2 && second!.length === 2) this.#padded++;
    this.#marks.add(mark!);
    [first, second, year].forEach((part, j) => this.#parts[j]!.add(Number(part)));
  }

  /** Whether there are such cells, and nothing in them says that they are dates. */
  get areDoubtful(): boolean {
    if (this.#months > 0) return this.#seasons === this.#months;
    if (this.#count === 0) return false;
    if (this.#marks.size > 1) return true;
    // 01.02.21 is how dates are written in much of Europe.
    if (this.#marks.has(".") && this.#padded === this.#count) return false;
    const [first, second, years] = this.#parts;
    // Days go up to 31 and differ more than years do; of versions and lots the last part differs most.
    return ![first, second].some((part) => Math.max(...part) > 12 && part.size > years.size);
  }
}
