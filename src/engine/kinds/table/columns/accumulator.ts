import { type Cells, codedCells, plainCells } from "./cells";
import { type CellCount, CountedCells, together } from "./counted-cells";
import {
  type DateFamily,
  type DateOrder,
  openOrderedDates,
  packOrderedDate,
  parsePlainDate,
} from "./dates";
import { GrowingNumbers } from "./growing";
import { meansMissing, trimCell } from "./missing";
import type { CellStyle } from "./spelling/cell-style";
import { NumberMarks } from "./spelling/number-marks";
import { parseNumber } from "./spelling/numerals";
import { ShortDates } from "./spelling/short-dates";
import type { StoredColumn } from "./stored-column";

/** A column with more different values than this is not kept by value. */
const MAX_DISTINCT = 1000;
/** Nor one of so many different numbers with fractions, if they seldom come again. */
const MEASURED_DISTINCT = 128;
/** Nor is one with longer values, or with more characters in all of them together. */
const MAX_VALUE_LENGTH = 200;
const MAX_DICTIONARY = 1 << 18;
/** A column of more different words is no list of codes that NA could be one of. */
const MOST_BESIDE_MARK = 20;
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
  readonly #style: CellStyle;
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
  /** How often each spelling of a missing value came. */
  readonly #marks = new Map<string, number>();
  readonly #markCodes = new Set<number>();
  readonly #unreadableRows: number[] = [];
  readonly #infiniteRows: number[] = [];
  readonly #numberMarks: NumberMarks;
  readonly #shortDates = new ShortDates();
  readonly #undated = new CountedCells();

  constructor(style: CellStyle) {
    this.#style = style;
    this.#numberMarks = new NumberMarks(style);
  }

  /** Cells with a value so far. */
  get values(): number {
    return this.#values;
  }

  add(raw: string): void {
    this.#rows++;
    const cell = trimCell(raw);
    if (this.#addKnown(cell)) return;
    const { missing, isWords } = this.#style;
    if (missing?.has(cell)) {
      this.#keep(NaN, NaN);
      return;
    }
    const mayBeNumber = cell.length > 0 && !isWords && (this.#mayBeNumbers || this.#codes !== null);
    const number = mayBeNumber ? parseNumber(cell, this.#style) : NaN;
    // Numbers first: they are most cells, and cheaper to tell than missing values.
    const isNone = Number.isNaN(number) && meansMissing(cell, this.#style);
    if (isNone) this.#addNone(cell);
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

  /** A mark such as NA keeps its code until it is known whether it means a value here; a blank cell has none. */
  #addNone(cell: string): void {
    if (cell !== "") {
      this.#marks.set(cell, (this.#marks.get(cell) ?? 0) + 1);
      if (this.#codes && this.#learn(cell, NaN, NaN)) {
        this.#markCodes.add(this.#counts.length - 1);
        this.#codes.push(this.#counts.length);
        return;
      }
    }
    this.#keep(NaN, NaN);
  }

  addMissing(): void {
    this.#rows++;
    this.#keep(NaN, NaN);
  }

  /** Spellings of a missing value in a column of numbers or dates, where they are no values. */
  get marksAmongNumbers(): readonly string[] {
    const isWords = 2 * Math.max(this.#numeric, this.#dated) < this.#values;
    return isWords ? [] : [...this.#marks.keys()];
  }

  /**
   * What was kept. The accumulator cannot be used any more.
   *
   * @param missing - Spellings that mean no value elsewhere in the table.
   */
  finish(name: string, missing: ReadonlySet<string> = new Set()): StoredColumn {
    this.#review();
    const mark = this.#valueMark(missing);
    const markCount = mark === null ? 0 : this.#marks.get(mark)!;
    if (mark !== null) {
      this.#values += markCount;
      this.#markCodes.clear();
      this.#marks.clear();
    }
    if (this.#codes && this.#markCodes.size > 0) this.#codes = this.#withoutMarks(this.#codes);
    const kept = this.#codes ? this.#codedCells(this.#codes) : this.#plainCells();
    const { cells } = kept;
    return {
      name,
      rows: this.#rows,
      values: this.#values,
      marks: this.#marks,
      valueMark: mark === null ? null : { text: mark, count: markCount },
      style: {
        ...this.#style,
        ...(mark !== null && { valueMark: mark }),
        ...(kept.dateOrder && { isMonthFirst: kept.dateOrder.isMonthFirst }),
        around: this.#numberMarks.around,
      },
      unit: this.#style.unit ?? null,
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
      mixedCurrencies: this.#numberMarks.mixedCurrencies,
      mixedPercent: this.#numberMarks.mixedPercent,
      dateOrder: kept.dateOrder,
      areShortDates: this.#shortDates.areDoubtful,
      undated: together([this.#undated, kept.lost]),
    };
  }

  /**
   * NA among codes of two letters, or None among answers, is a value: if it is the only such spelling, comes about as often as
   * the others, and stands nowhere for a missing number.
   */
  #valueMark(missing: ReadonlySet<string>): string | null {
    const [mark, ...others] = this.#marks.keys();
    if (mark === undefined || others.length > 0 || !this.#codes || missing.has(mark)) return null;
    if (2 * Math.max(this.#numeric, this.#dated) >= this.#values || !/\p{L}/u.test(mark))
      return null;
    const counts = this.#counts
      .filter((_, code) => !this.#markCodes.has(code))
      .sort((a, b) => a - b);
    const isOneOfSeveral = counts.length >= 2 && counts.length <= MOST_BESIDE_MARK;
    return isOneOfSeveral && this.#marks.get(mark)! >= 0.5 * counts[counts.length >> 1]!
      ? mark
      : null;
  }

  #withoutMarks(codes: GrowingNumbers<Uint16Array>): GrowingNumbers<Uint16Array> {
    const packed = codes.finish();
    const kept = [...this.#codeOf].filter(([, code]) => !this.#markCodes.has(code));
    const places = new Map(kept.map(([, code], place) => [code, place]));
    for (const list of [this.#counts, this.#numberOf, this.#dateOf]) {
      list.splice(0, list.length, ...kept.map(([, code]) => list[code]!));
    }
    this.#codeOf.clear();
    kept.forEach(([text], place) => this.#codeOf.set(text, place));
    const others = growingCodes();
    for (const code of packed) others.push(code === 0 ? 0 : (places.get(code - 1) ?? -1) + 1);
    return others;
  }

  #codedCells(codes: GrowingNumbers<Uint16Array>): KeptCells {
    const hasNumbers = this.#numeric > 0 && 2 * this.#numeric >= this.#values;
    const hasDates = this.#dated > 0 && 2 * this.#dated >= this.#values;
    const categoryNumbers = hasNumbers ? Float64Array.from(this.#numberOf) : null;
    const categoryDates = hasDates ? Float64Array.from(this.#dateOf) : null;
    const packed = codes.finish();
    const gone = new Set<number>();
    const dateOrder = categoryDates && this.#open(categoryDates, (code) => gone.add(code + 1));
    const lost = new CountedCells();
    if (gone.size > 0) packed.forEach((code, row) => gone.has(code) && lost.note(row + 1));
    const cells = codedCells(packed, categoryNumbers, categoryDates);
    return { hasNumbers, hasDates, categoryNumbers, categoryDates, dateOrder, lost, cells };
  }

  #plainCells(): KeptCells {
    const numbers = this.#numbers?.finish() ?? null;
    const dates = this.#dates?.finish() ?? null;
    const lost = new CountedCells();
    const dateOrder = dates && this.#open(dates, (row) => lost.note(row + 1));
    return {
      ...{ dateOrder, lost },
      hasNumbers: numbers !== null,
      hasDates: dates !== null,
      categoryNumbers: null,
      categoryDates: null,
      cells: plainCells(numbers, dates),
    };
  }

  #open(dates: Float64Array, onLost: (index: number) => void): DateOrder | null {
    const { isMonthFirst, isLikelyMonthFirst } = this.#style;
    return openOrderedDates(dates, { isMonthFirst, isLikelyMonthFirst }, onLost);
  }

  /** @returns False if the value was not seen before, or values are not told apart any more. */
  #addKnown(cell: string): boolean {
    const known = this.#codes ? this.#codeOf.get(cell) : undefined;
    if (known === undefined) return false;
    this.#counts[known]!++;
    if (this.#markCodes.has(known)) {
      this.#marks.set(cell, this.#counts[known]!);
      this.#codes!.push(known + 1);
      return true;
    }
    this.#wasUnique = false;
    this.#tally(cell, this.#numberOf[known]!, this.#dateOf[known]!);
    this.#codes!.push(known + 1);
    return true;
  }

  #addValue(cell: string, number: number): void {
    const isWord = Number.isNaN(number);
    this.#addNew(cell, number, isWord && this.#mayBeDates ? this.#dateIn(cell) : NaN);
  }

  #addTyped(cell: string, number: number, date: number): void {
    if (this.#addKnown(cell)) return;
    this.#addNew(cell, number, this.#mayBeDates ? date : NaN);
  }

  #addNew(cell: string, number: number, date: number): void {
    if (number === Infinity || number === -Infinity) {
      this.#infinite++;
      if (this.#infiniteRows.length < 3) this.#infiniteRows.push(this.#rows);
      this.#keep(NaN, NaN);
      return;
    }
    this.#tally(cell, number, date);
    if (this.#codes && (this.#isMeasured() || !this.#learn(cell, number, date))) {
      this.#spill(this.#codes);
    }
    if (this.#codes) this.#codes.push(this.#counts.length);
    else this.#keep(number, date);
  }

  /** Numbers with fractions of which hardly any comes again are no codes; to tell them apart costs more than all else. */
  #isMeasured(): boolean {
    const different = this.#counts.length;
    return (
      different >= MEASURED_DISTINCT &&
      this.#numeric === this.#values &&
      2 * this.#whole < this.#values &&
      different >= 0.8 * this.#values
    );
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
    if (Number.isNaN(date)) this.#undated.note(this.#rows);
    if (this.#values % REVIEW_EVERY === 0) this.#review();
  }

  #tallyNumber(cell: string, number: number): void {
    this.#numeric++;
    this.#numberMarks.note(cell, number, this.#rows);
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

  /** Columns with two styles of dates are read; the one seen last is tried first. */
  #dateIn(cell: string): number {
    const isOrdered = this.#dateFamily === "ordered";
    let date = isOrdered ? packOrderedDate(cell) : parsePlainDate(cell);
    if (!Number.isNaN(date)) this.#dateFamily ??= "plain";
    else {
      date = isOrdered ? parsePlainDate(cell) : packOrderedDate(cell);
      if (!Number.isNaN(date)) this.#dateFamily = isOrdered ? "plain" : "ordered";
      else if (this.#dateFamily === null && this.#values >= DATE_TRIALS) this.#mayBeDates = false;
    }
    const mayBeShort = this.#dateFamily === "ordered" || cell.length === 7;
    if (!Number.isNaN(date) && mayBeShort) this.#shortDates.note(cell);
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
  readonly dateOrder: DateOrder | null;
  /** Dates that are none in this order. */
  readonly lost: CellCount;
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
