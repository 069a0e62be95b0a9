import { Around } from "./around";
import { type CellCount, CountedCells, together } from "../counted-cells";
import { currencyOf } from "./currencies";
import { currencyMark } from "./currency";
import type { NumberStyle } from "./numerals";

const PERCENT = 37;

/** Those in one currency. */
interface Amounts {
  /** As it was written first. */
  readonly mark: string;
  readonly cells: CountedCells;
}

/** Notes what stands beside the numbers of a column and changes what they mean: currencies and percent signs. */
export class NumberMarks {
  readonly #style: NumberStyle;
  /** By what they stand for. */
  readonly #currencies = new Map<string, Amounts>();
  #last: Amounts | null = null;
  readonly #around = new Around();
  readonly #percents = new CountedCells();
  /** Numbers without a percent sign that it would change. */
  readonly #plain = new CountedCells();

  constructor(style: NumberStyle) {
    this.#style = style;
  }

  /** @param row - From 1. */
  note(cell: string, number: number, row: number): void {
    const end = cell.charCodeAt(cell.length - 1);
    if (end === PERCENT) this.#percents.note(row);
    else if (number !== 0) this.#plain.note(row);
    const sign = cell.charCodeAt(0);
    const start = sign === 43 || sign === 45 ? cell.charCodeAt(1) : sign;
    // A cheap look, as it is done at every number.
    if (isOfNumber(start) && isOfNumber(end)) {
      this.#around.notePlain();
      return;
    }
    this.#around.note(cell);
    this.#noteCurrency(cell, row);
  }

  /** What stands before and behind most numbers. */
  get around(): readonly [before: string, after: string] {
    return this.#around.most;
  }

  #noteCurrency(cell: string, row: number): void {
    const last = this.#last;
    if (last && (cell.startsWith(last.mark) || cell.endsWith(last.mark))) {
      last.cells.note(row);
      return;
    }
    const mark = currencyMark(cell, this.#style.hasCurrency ?? false);
    if (mark === null) return;
    const key = currencyOf(mark);
    const known: Amounts = this.#currencies.get(key) ?? { mark, cells: new CountedCells() };
    known.cells.note(row);
    this.#currencies.set(key, known);
    this.#last = known;
  }

  /** Where there are several currencies: what they are, and the cells of all but the most frequent. Null if there is one at most. */
  get mixedCurrencies(): (CellCount & { readonly text: string }) | null {
    const all = [...this.#currencies.values()].sort((a, b) => b.cells.count - a.cells.count);
    if (all.length < 2) return null;
    const others = all.slice(1).map(({ cells }) => cells);
    return { text: all.map(({ mark }) => mark).join(", "), ...together(others) };
  }

  /** Where some numbers have a percent sign and some do not: the fewer of them. Null if it is the same for all. */
  get mixedPercent(): CellCount | null {
    const [fewer] = [this.#percents, this.#plain].sort((a, b) => a.count - b.count);
    return fewer!.count > 0 ? fewer! : null;
  }
}

/** Digits, comma and point. */
function isOfNumber(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 44 || code === 46;
}
