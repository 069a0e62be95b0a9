import { type DateFamily, openOrderedDates, packOrderedDate, parsePlainDate } from "./dates";
import { GrowingNumbers } from "./growing";
import { isMissing, trimCell } from "./missing";
import { type NumberStyle, parseNumber } from "./numerals";
import type { StoredColumn } from "./stored-column";

/** A column with more different values than this is not kept by value. */
const MAX_DISTINCT = 1000;
/** Nor is one with longer values, or with more characters in all of them together. */
const MAX_VALUE_LENGTH = 200;
const MAX_DICTIONARY = 1 << 18;
const DATE_TRIALS = 20;
/** How often to see whether a reading as numbers or dates is still worth its memory. */
const REVIEW_EVERY = 1024;

const floats = () => new GrowingNumbers((length) => new Float64Array(length));
const ints = () => new GrowingNumbers((length) => new Int32Array(length));

/**
 * Takes in one column cell by cell and keeps what its values allow: numbers, dates, and codes of
 * different values, each dropped as soon as the values no longer fit. Memory is at most 20 bytes
 * per row, and 12 for a settled column.
 */
export class ColumnAccumulator {
  readonly #style: NumberStyle;
  #rows = 0;
  #values = 0;
  #numbers: GrowingNumbers<Float64Array> | null = null;
  #mayBeNumbers = true;
  #dates: GrowingNumbers<Float64Array> | null = null;
  #mayBeDates = true;
  #dateFamily: DateFamily | null = null;
  #codes: GrowingNumbers<Int32Array> | null = ints();
  readonly #codeOf = new Map<string, number>();
  readonly #counts: number[] = [];
  #dictionaryLength = 0;
  #wasUnique = true;

  #numeric = 0;
  #dated = 0;
  #whole = 0;
  #leadingZeros = 0;
  #tooPrecise = 0;
  #infinite = 0;
  #ascending = true;
  #previous = -Infinity;
  #longest = 0;
  #spaced = 0;
  readonly #unreadableRows: number[] = [];
  readonly #infiniteRows: number[] = [];

  constructor(style: NumberStyle) {
    this.#style = style;
  }

  add(raw: string): void {
    this.#rows++;
    const cell = trimCell(raw);
    const number = cell.length === 0 ? NaN : parseNumber(cell, this.#style);
    // Numbers first: they are most cells, and cheaper to tell than missing values.
    if (Number.isNaN(number) && isMissing(cell)) this.#keep(NaN, NaN, -1);
    else this.#addValue(cell, number);
  }

  /** What was kept. The accumulator cannot be used any more. */
  finish(name: string): StoredColumn {
    this.#review();
    const dates = this.#dates?.finish() ?? null;
    if (dates && this.#dateFamily === "ordered") openOrderedDates(dates);
    return {
      name,
      rows: this.#rows,
      values: this.#values,
      numbers: this.#numbers?.finish() ?? null,
      dates,
      codes: this.#codes?.finish() ?? null,
      categories: this.#codes ? [...this.#codeOf.keys()] : [],
      counts: this.#codes ? this.#counts : [],
      numeric: this.#numeric,
      dated: this.#dated,
      whole: this.#whole,
      leadingZeros: this.#leadingZeros,
      tooPrecise: this.#tooPrecise,
      infinite: this.#infinite,
      isAscending: this.#ascending,
      wasUnique: this.#wasUnique,
      distinctSeen: this.#counts.length,
      longest: this.#longest,
      spaced: this.#spaced,
      unreadableRows: this.#unreadableRows,
      infiniteRows: this.#infiniteRows,
    };
  }

  #addValue(cell: string, number: number): void {
    if (number === Infinity || number === -Infinity) {
      this.#infinite++;
      if (this.#infiniteRows.length < 3) this.#infiniteRows.push(this.#rows);
      this.#keep(NaN, NaN, -1);
      return;
    }
    this.#values++;
    const isNumber = !Number.isNaN(number);
    if (isNumber) this.#tallyNumber(cell, number);
    else if (this.#unreadableRows.length < 3) this.#unreadableRows.push(this.#rows);
    if (cell.length > this.#longest) this.#longest = cell.length;
    const date = isNumber || !this.#mayBeDates ? NaN : this.#dateOf(cell);
    this.#keep(number, date, this.#codes ? this.#code(cell) : -1);
    if (!isNumber && cell.includes(" ")) this.#spaced++;
    if (this.#values % REVIEW_EVERY === 0) this.#review();
  }

  #tallyNumber(cell: string, number: number): void {
    this.#numeric++;
    if (number <= this.#previous) this.#ascending = false;
    this.#previous = number;
    if (!Number.isInteger(number)) return;
    this.#whole++;
    const length = cell.length;
    if (length < 2) return;
    if (cell.charCodeAt(0) === 48 && cell.charCodeAt(1) !== 46 && cell.charCodeAt(1) !== 44) {
      if (/^0\d+$/.test(cell)) this.#leadingZeros++;
    } else if (!Number.isSafeInteger(number) && /^\d+$/.test(cell)) this.#tooPrecise++;
  }

  #dateOf(cell: string): number {
    if (this.#dateFamily === "plain") return parsePlainDate(cell);
    if (this.#dateFamily === "ordered") return packOrderedDate(cell);
    const plain = parsePlainDate(cell);
    const date = Number.isNaN(plain) ? packOrderedDate(cell) : plain;
    if (!Number.isNaN(date)) this.#dateFamily = Number.isNaN(plain) ? "ordered" : "plain";
    else if (this.#values >= DATE_TRIALS) this.#mayBeDates = false;
    return date;
  }

  /** Code of a value; −1 once there are too many. */
  #code(cell: string): number {
    const known = this.#codeOf.get(cell);
    if (known !== undefined) {
      this.#counts[known]!++;
      this.#wasUnique = false;
      return known;
    }
    this.#dictionaryLength += cell.length;
    const code = this.#counts.length;
    if (
      code >= MAX_DISTINCT ||
      cell.length > MAX_VALUE_LENGTH ||
      this.#dictionaryLength > MAX_DICTIONARY
    ) {
      this.#codes = null;
      this.#codeOf.clear();
      return -1;
    }
    this.#codeOf.set(detached(cell), code);
    this.#counts.push(1);
    return code;
  }

  #keep(number: number, date: number, code: number): void {
    if (this.#mayBeNumbers && (this.#numbers !== null || !Number.isNaN(number))) {
      this.#numbers ??= started(this.#rows - 1);
      this.#numbers.push(number);
    }
    if (this.#mayBeDates && (this.#dates !== null || !Number.isNaN(date))) {
      this.#dates ??= started(this.#rows - 1);
      this.#dates.push(date);
      if (!Number.isNaN(date)) this.#dated++;
    }
    this.#codes?.push(code);
  }

  #review(): void {
    if (2 * this.#numeric < this.#values) {
      this.#numbers = null;
      if (this.#values >= REVIEW_EVERY) this.#mayBeNumbers = false;
    }
    if (2 * this.#dated < this.#values) {
      this.#dates = null;
      if (this.#values >= REVIEW_EVERY) this.#mayBeDates = false;
    }
  }
}

function started(rowsBefore: number): GrowingNumbers<Float64Array> {
  const numbers = floats();
  numbers.fill(NaN, rowsBefore);
  return numbers;
}

/** A copy of its own: engines cut cells out of a large text, which a kept cell would hold in memory. */
function detached(cell: string): string {
  return ` ${cell}`.slice(1);
}
