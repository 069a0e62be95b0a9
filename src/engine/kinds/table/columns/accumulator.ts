import { type Cells, codedCells, plainCells } from "./cells";
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

const growingFloats = () => new GrowingNumbers((length) => new Float64Array(length));
const growingCodes = () => new GrowingNumbers((length) => new Uint16Array(length));

/**
 * Takes in one column cell by cell and keeps what its values allow: numbers, dates, and codes of
 * different values, each dropped as soon as the values no longer fit. Memory is two bytes per row
 * while there are few different values, then eight for numbers or dates, and none for text.
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
  /** One more than the code of each row's value, 0 where missing; null once there are too many values. */
  #codes: GrowingNumbers<Uint16Array> | null = growingCodes();
  readonly #codeOf = new Map<string, number>();
  readonly #numberOf: number[] = [];
  readonly #dateOf: number[] = [];
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

  /** Cells with a value so far. */
  get values(): number {
    return this.#values;
  }

  add(raw: string): void {
    this.#rows++;
    const cell = trimCell(raw);
    if (this.#addKnown(cell)) return;
    const number = cell.length === 0 ? NaN : parseNumber(cell, this.#style);
    // Numbers first: they are most cells, and cheaper to tell than missing values.
    if (Number.isNaN(number) && isMissing(cell)) this.#keep(NaN, NaN);
    else this.#addValue(cell, number);
  }

  /** A cell that holds a number, as its text in the shortest spelling would be; NaN where it is missing. */
  addNumber(value: number): void {
    this.#rows++;
    if (Number.isNaN(value)) this.#keep(NaN, NaN);
    else this.#addTyped(String(value), value + 0, NaN); // The text of −0 is "0".
  }

  addBoolean(value: boolean): void {
    this.#rows++;
    this.#addTyped(value ? "true" : "false", NaN, NaN);
  }

  /** @param date - In ms since 1970; NaN where it is missing. */
  addDate(date: number): void {
    this.#rows++;
    if (Number.isNaN(date)) this.#keep(NaN, NaN);
    else this.#addTyped(new Date(date).toISOString().replace("T00:00:00.000Z", ""), NaN, date);
  }

  addMissing(): void {
    this.#rows++;
    this.#keep(NaN, NaN);
  }

  /** What was kept. The accumulator cannot be used any more. */
  finish(name: string): StoredColumn {
    this.#review();
    const kept = this.#codes ? this.#codedCells(this.#codes) : this.#plainCells();
    const { cells } = kept;
    return {
      name,
      rows: this.#rows,
      values: this.#values,
      hasNumbers: kept.hasNumbers,
      hasDates: kept.hasDates,
      hasCodes: this.#codes !== null,
      categories: this.#codes ? [...this.#codeOf.keys()] : [],
      counts: this.#codes ? this.#counts : [],
      categoryNumbers: kept.categoryNumbers,
      categoryDates: kept.categoryDates,
      get numbers() {
        return cells.numbers;
      },
      get dates() {
        return cells.dates;
      },
      get codes() {
        return cells.codes;
      },
      part: (from, to) => cells.part(from, to),
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

  #codedCells(codes: GrowingNumbers<Uint16Array>): KeptCells {
    const hasNumbers = this.#numeric > 0 && 2 * this.#numeric >= this.#values;
    const hasDates = this.#dated > 0 && 2 * this.#dated >= this.#values;
    const categoryNumbers = hasNumbers ? Float64Array.from(this.#numberOf) : null;
    const categoryDates = hasDates ? this.#opened(Float64Array.from(this.#dateOf)) : null;
    const coded = codedCells(codes.finish(), categoryNumbers, categoryDates);
    return { hasNumbers, hasDates, categoryNumbers, categoryDates, cells: coded };
  }

  #plainCells(): KeptCells {
    const numbers = this.#numbers?.finish() ?? null;
    const dates = this.#dates ? this.#opened(this.#dates.finish()) : null;
    return {
      hasNumbers: numbers !== null,
      hasDates: dates !== null,
      categoryNumbers: null,
      categoryDates: null,
      cells: plainCells(numbers, dates),
    };
  }

  #opened(dates: Float64Array): Float64Array {
    if (this.#dateFamily === "ordered") openOrderedDates(dates);
    return dates;
  }

  /** @returns False if the value was not seen before, or values are not told apart any more. */
  #addKnown(cell: string): boolean {
    const known = this.#codes ? this.#codeOf.get(cell) : undefined;
    if (known === undefined) return false;
    this.#counts[known]!++;
    this.#wasUnique = false;
    this.#tally(cell, this.#numberOf[known]!, this.#dateOf[known]!);
    this.#codes!.push(known + 1);
    return true;
  }

  #addValue(cell: string, number: number): void {
    const isWord = Number.isNaN(number);
    this.#addNew(cell, number, isWord && this.#mayBeDates ? this.#dateIn(cell) : NaN);
  }

  /** A date among dates that are written day and month first is not understood beside them. */
  #addTyped(cell: string, number: number, date: number): void {
    if (this.#addKnown(cell)) return;
    if (!Number.isNaN(date)) this.#dateFamily ??= "plain";
    this.#addNew(cell, number, this.#mayBeDates && this.#dateFamily === "plain" ? date : NaN);
  }

  #addNew(cell: string, number: number, date: number): void {
    if (number === Infinity || number === -Infinity) {
      this.#infinite++;
      if (this.#infiniteRows.length < 3) this.#infiniteRows.push(this.#rows);
      this.#keep(NaN, NaN);
      return;
    }
    this.#tally(cell, number, date);
    if (this.#codes && !this.#learn(cell, number, date)) this.#spill(this.#codes);
    if (this.#codes) this.#codes.push(this.#counts.length);
    else this.#keep(number, date);
  }

  /** What is counted of every value. */
  #tally(cell: string, number: number, date: number): void {
    this.#values++;
    if (cell.length > this.#longest) this.#longest = cell.length;
    if (!Number.isNaN(number)) this.#tallyNumber(cell, number);
    else {
      if (this.#unreadableRows.length < 3) this.#unreadableRows.push(this.#rows);
      if (cell.includes(" ")) this.#spaced++;
      if (!Number.isNaN(date)) this.#dated++;
    }
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

  #dateIn(cell: string): number {
    if (this.#dateFamily === "plain") return parsePlainDate(cell);
    if (this.#dateFamily === "ordered") return packOrderedDate(cell);
    const plain = parsePlainDate(cell);
    const date = Number.isNaN(plain) ? packOrderedDate(cell) : plain;
    if (!Number.isNaN(date)) this.#dateFamily = Number.isNaN(plain) ? "ordered" : "plain";
    else if (this.#values >= DATE_TRIALS) this.#mayBeDates = false;
    return date;
  }

  /** Give a new value a code, the next one. False if there are too many. */
  #learn(cell: string, number: number, date: number): boolean {
    this.#dictionaryLength += cell.length;
    if (
      this.#counts.length >= MAX_DISTINCT ||
      cell.length > MAX_VALUE_LENGTH ||
      this.#dictionaryLength > MAX_DICTIONARY
    ) {
      return false;
    }
    this.#codeOf.set(detached(cell), this.#counts.length);
    this.#counts.push(1);
    this.#numberOf.push(number);
    this.#dateOf.push(date);
    return true;
  }

  /** Give up the codes, and go on with the numbers and dates they stood for. */
  #spill(codes: GrowingNumbers<Uint16Array>): void {
    const packed = codes.finish();
    if (this.#mayBeNumbers && this.#numeric > 0) this.#numbers = unpacked(packed, this.#numberOf);
    if (this.#mayBeDates && this.#dated > 0) this.#dates = unpacked(packed, this.#dateOf);
    this.#codes = null;
    this.#codeOf.clear();
    this.#numberOf.length = 0;
    this.#dateOf.length = 0;
  }

  #keep(number: number, date: number): void {
    if (this.#codes) {
      this.#codes.push(0);
      return;
    }
    if (this.#mayBeNumbers && (this.#numbers !== null || !Number.isNaN(number))) {
      this.#numbers ??= started(this.#rows - 1);
      this.#numbers.push(number);
    }
    if (this.#mayBeDates && (this.#dates !== null || !Number.isNaN(date))) {
      this.#dates ??= started(this.#rows - 1);
      this.#dates.push(date);
    }
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

interface KeptCells {
  readonly hasNumbers: boolean;
  readonly hasDates: boolean;
  readonly categoryNumbers: Float64Array | null;
  readonly categoryDates: Float64Array | null;
  readonly cells: Cells;
}

function unpacked(packed: Uint16Array, values: readonly number[]): GrowingNumbers<Float64Array> {
  const numbers = growingFloats();
  for (const code of packed) numbers.push(code === 0 ? NaN : values[code - 1]!);
  return numbers;
}

function started(rowsBefore: number): GrowingNumbers<Float64Array> {
  const numbers = growingFloats();
  numbers.fill(NaN, rowsBefore);
  return numbers;
}

/** A copy of its own: engines cut cells out of a large text, which a kept cell would hold in memory. */
function detached(cell: string): string {
  return ` ${cell}`.slice(1);
}
