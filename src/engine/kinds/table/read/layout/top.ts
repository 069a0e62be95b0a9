import { trimCell } from "../../columns/missing";
import type { UndoableRepair } from "../../columns/profile";
import { sniffHeader } from "./header";
import { kindOf, kindsOf, type ToldKind } from "./kinds";
import { areWordsOver } from "./below";
import { areUnits } from "./units";
import { filledWidth } from "./widths";

type Row = readonly string[];

/** Where a table begins, in records that are not blank. */
export interface Top {
  /** Records before the names or the first row that are no part of the table. */
  readonly preamble: number;
  /** Lines that the names stand in; 0 if there are none. */
  readonly headerRows: number;
  /** Records between the names and the first row that are left out: units, say, or the names again. */
  readonly skipped: number;
  /** The first column has no name: the names are one fewer than the cells of every row. */
  readonly isHeaderShort: boolean;
}

/** What the user said of it already. */
interface NamesChoice {
  readonly hasHeader?: boolean;
  /** Index of the record with the names. */
  readonly namesAt?: number;
  /** Index of the record with the first row: what stands above it and is no name is left out. */
  readonly firstAt?: number;
  readonly undone: readonly UndoableRepair[];
}

/** What rows are like. */
interface Shape {
  /** The most frequent number of cells up to the last that is not blank. */
  readonly usual: number;
  /** The most frequent number of cells; not below `usual`. */
  readonly widest: number;
  /** Of the columns, as most rows tell them. */
  readonly kinds: readonly ToldKind[];
}

const NO_NAMES = { headerRows: 0, skipped: 0, isHeaderShort: false } as const;
/** Of rows in the sample these are looked at to tell what rows are like. */
const LOOKED_AT = 200;
/** In tables as short as this, notes, names and units are many of the first lines. */
const SHORT = 60;
const MOST_HEADER_ROWS = 4;
/** Fewer lines that begin with words, the names among them, may be rows with a word in them. */
const FEWEST_KEYS = 3;
const COMMENT = /^\s*(?:#|%|\/\/|!)+\s*[^\s#%/!]/;

/**
 * Find the names of a table, below titles and notes and above units. Rows are told by their kinds of values: the first record
 * that has numbers, dates or truth values where most others have them is a row. What stands above it with as many cells is the
 * names; of several, those after the last blank line that are no notes.
 *
 * @param records - Without blank ones.
 * @param gaps - Indices of records before which blank ones were left out.
 */
export function findTop(
  records: readonly Row[],
  gaps: ReadonlySet<number>,
  { usual, widest }: Pick<Shape, "usual" | "widest">,
  choice: NamesChoice,
): Top {
  const { hasHeader, namesAt, firstAt, undone } = choice;
  const shape = { usual, widest, kinds: kindsOfRows(records, usual) };
  const isOpen = hasHeader === undefined && namesAt === undefined && firstAt === undefined;
  const found = firstAt ?? findBody(records, shape);
  const below = found !== null && isOpen ? belowKeys(records, shape.kinds, found) : null;
  if (below !== null) {
    const headerRows = countOverNumbers(records[below - 1]!, shape) === usual ? 1 : 0;
    return { ...NO_NAMES, preamble: below - headerRows, headerRows };
  }
  if (found === null && namesAt === undefined) return byTitles(records, usual, hasHeader);
  const body = Math.max(found ?? 0, (namesAt ?? -1) + 1);
  const names = namesAt ?? findNames(records, gaps, shape, found ?? body);
  // Without names, what looks like them is a row.
  if (hasHeader === false) return { ...NO_NAMES, preamble: firstAt ?? names ?? body };
  if (names === null) {
    const isNamed = firstAt === undefined && (hasHeader ?? sniffHeader(records.slice(body)));
    return { ...NO_NAMES, preamble: body, headerRows: isNamed ? 1 : 0 };
  }
  const first = records[names]!;
  const between = records.slice(names + 1, body);
  // Rows that only look unlike others are rows all the same.
  if (between.length >= MOST_HEADER_ROWS && firstAt === undefined) {
    return { ...NO_NAMES, preamble: names, headerRows: 1 };
  }
  const rows = records.slice(body, body + LOOKED_AT);
  const isJoined = isPartial(first, usual) && !undone.includes("names_in_two_rows");
  const second = isJoined ? countWhile(between, isSecondLine) : 0;
  const rest = between.slice(second);
  const isNoRow = (row: Row) =>
    areUnits(row, shape.kinds) ||
    isSame(row, first) ||
    (areWordsOver(row, shape.kinds) && filledCount(row) >= usual - 1 && arePhrases(row));
  const isSkipped = firstAt !== undefined || (!undone.includes("units_row") && rest.every(isNoRow));
  return {
    preamble: names,
    headerRows: 1 + second,
    skipped: isSkipped ? rest.length : 0,
    isHeaderShort: second === 0 && first.length === usual - 1 && widest === usual,
  };

  /** More of the names, and no row: words where numbers stand below, and none that come again. */
  function isSecondLine(row: Row): boolean {
    if (areUnits(row, shape.kinds)) return false;
    const filled = row.slice(0, usual).filter((cell, j) => !isNamed(first[j]) && isWord(cell));
    if (filled.length > 1) return true;
    const over = countOverNumbers(row, shape);
    return (
      over > 1 &&
      over === shape.kinds.filter((kind) => kind !== null).length &&
      !rows.some((other) => row.some((cell, j) => isWord(cell) && cell === other[j]))
    );
  }
}

/** What most rows have in each column; without those at the top, which may be none. */
function kindsOfRows(records: readonly Row[], usual: number): readonly ToldKind[] {
  const isLike = (row: Row) => filledWidth(row) === usual;
  const third = records.slice(Math.floor(records.length / 3)).slice(0, LOOKED_AT);
  const half = records.slice(Math.ceil(records.length / 2)).filter(isLike);
  const like = records.length <= SHORT && half.length > 0 ? half : third.filter(isLike);
  return kindsOf(like.length > 0 ? like : third, usual);
}

/** The first record that is like most others below; null if no column tells. */
function findBody(records: readonly Row[], { usual, widest, kinds }: Shape): number | null {
  if (usual < 2 || kinds.every((kind) => kind === null)) return null;
  const truths = records.slice(-LOOKED_AT);
  const body = records.findIndex((row, i) => {
    if (row.length < usual - 1 || filledWidth(row) > widest) return false;
    const told = kinds.flatMap((kind, j) => {
      const cell = trimCell(row[j] ?? "");
      const own = kindOf(cell);
      if (kind === null || own === "missing") return [];
      // Y as a name of truth values is none of them.
      const isName =
        kind === "boolean" && !truths.some((other) => trimCell(other[j] ?? "") === cell);
      return [kind === own && !isName];
    });
    const agreeing = told.filter(Boolean).length;
    const isLike = agreeing > 0 && agreeing >= 0.5 * told.length;
    return isLike && !isOverNames(row, records[i + 1], { usual, widest, kinds });
  });
  return body < 0 ? null : body;
}

/**
 * The first row below keys and values that stand in as many columns as the table has, as instruments write them: those look like rows
 * where a value is a number, but begin with words, which no row does. Null if there are none.
 */
function belowKeys(
  records: readonly Row[],
  kinds: readonly ToldKind[],
  body: number,
): number | null {
  const isKey = (row: Row) => isWord(row[0]) && /\p{L}/u.test(row[0]!);
  if (kinds.length !== 2 || kinds.includes(null) || !isKey(records[body]!)) return null;
  const last = records.slice(0, LOOKED_AT).findLastIndex(isKey);
  const areAll = last + 1 >= FEWEST_KEYS && records.slice(0, last).every(isKey);
  return areAll && records.length > 2 * last + 1 ? last + 1 : null;
}

/** What is asked in a survey, say, rather than a value that was written otherwise. */
function arePhrases(row: Row): boolean {
  return (
    2 * row.filter((cell) => /\p{L}\s+\p{L}|[?:]$|^\{/u.test(cell.trim())).length >= row.length
  );
}

/** Years, say, that stand over the names of several columns each. */
function isOverNames(row: Row, next: Row | undefined, shape: Shape): boolean {
  const { usual } = shape;
  if (next === undefined || !isPartial(row, usual)) return false;
  return countOverNumbers(next, shape) > 0.5 * usual && next.slice(0, usual).every(isWord);
}

/** Words of a row that stand in columns of numbers, dates or truth values; X and Y over numbers among them. */
function countOverNumbers(row: Row, { kinds }: Shape): number {
  return kinds.filter((kind, j) => {
    const own = kindOf(trimCell(row[j] ?? ""));
    return kind !== null && own !== kind && (own === "text" || own === "boolean");
  }).length;
}

function findNames(
  records: readonly Row[],
  gaps: ReadonlySet<number>,
  shape: Shape,
  body: number,
): number | null {
  const { usual, widest, kinds } = shape;
  const isWide = (row: Row) => {
    const width = filledWidth(row);
    if (width >= usual && width <= widest) return true;
    return row.length >= usual && row.length <= widest && filledCount(row) >= 2;
  };
  let candidates = indices(body).filter((i) => isWide(records[i]!));
  const gap = Math.max(-1, ...[...gaps].filter((at) => at <= body));
  const after = candidates.filter((i) => i >= gap);
  if (after.length > 0 && !isPartial(records[after[0]!]!, usual)) candidates = after;
  const plain = candidates.filter(
    (i) => !COMMENT.test(records[i]![0] ?? "") && !isNote(records[i]!),
  );
  // Above names there may be notes with as many cells; below them units, or rows that lack what tells them.
  const full = plain.filter((i) => isFull(records[i]!, shape));
  const last = full.at(-1);
  if (usual > 2 && last !== undefined) {
    const units = plain.find((i) => areUnits(records[i]!, kinds));
    // Of words over numbers in every column the last are the names; where some are words all the way, those may be a row's.
    if (units === last + 1 || countOverNumbers(records[last]!, shape) === usual) return last;
    const [top] = full;
    if (top === plain[0] || countOverNumbers(records[top!]!, shape) > 0.5 * usual) return top!;
  }
  if (plain.length > 0) return plain[0]!;
  if (candidates.length > 0) return candidates.at(-1)!;
  // One name short, as R leaves out that of the row names; or several, where decimal commas cut numbers in two.
  const above = records[body - 1];
  const rows = records.slice(body, body + LOOKED_AT);
  if (above?.length === 1 && usual === 2 && isRowNames(rows) && /^\S+$/.test(above[0]!)) {
    return body - 1;
  }
  if (!above || above.length < Math.max(2, usual / 2) || above.length >= usual) return null;
  const areWords = above.every(isWord);
  const areNames = areWords && (above.length === usual - 1 || new Set(above).size === above.length);
  return areNames ? body - 1 : null;
}

/** A word of its own at the beginning of every row. */
function isRowNames(rows: readonly Row[]): boolean {
  return (
    rows.every((row) => isWord(row[0])) && new Set(rows.map(([name]) => name)).size === rows.length
  );
}

/** `Operator:, Bob` */
function isNote(row: Row): boolean {
  return (row[0] ?? "").trim().endsWith(":") && filledCount(row) <= 2;
}

/** Words of their own in all columns, and no units. */
function isFull(row: Row, { usual, kinds }: Shape): boolean {
  const names = row.slice(0, usual).map(trimCell);
  const isEach = names.length === usual && new Set(names).size === usual;
  return isEach && names.every(isWord) && !areUnits(row, kinds);
}

/** Some columns have no name yet, or several have the same: another line says more. */
function isPartial(row: Row, usual: number): boolean {
  const named = Array.from({ length: usual }, (_, j) => isNamed(row[j]));
  return named.slice(1).includes(false) && named.includes(true);
}

function isNamed(cell: string | undefined): boolean {
  return (cell ?? "").trim() !== "";
}

function isSame(row: Row, other: Row): boolean {
  return row.every((cell, j) => cell.trim() === (other[j] ?? "").trim());
}

/** Where all columns are words: records with one cell at the top are titles. */
function byTitles(records: readonly Row[], usual: number, hasHeader: boolean | undefined): Top {
  const filled = records.slice(0, 20).map(filledCount);
  const isTitle = (count: number, i: number) =>
    records[i]!.length === 1 || (usual > 2 && count === 1 && records[i]![0] !== "");
  const start =
    usual < 2
      ? 0
      : Math.max(
          0,
          filled.findIndex((count, i) => !isTitle(count, i)),
        );
  // What stands below a title further down names the columns of another table.
  const isBelowTitle = (i: number) => i > start + 1 && isTitle(filledCount(records[i - 1]!), i - 1);
  const table = records.filter((_, i) => i >= start && !isBelowTitle(i));
  const isNamed = hasHeader ?? sniffHeader(table);
  return { ...NO_NAMES, preamble: start, headerRows: isNamed ? 1 : 0 };
}

/**
 * One name a column from the lines they stand in: a name over several columns goes before those of each.
 *
 * @param rows - At least one.
 */
export function joinedNames(rows: readonly Row[], width: number): readonly string[] {
  const [first, ...others] = rows;
  let names = Array.from({ length: width }, (_, j) => (first![j] ?? "").trim());
  for (const row of others) {
    let over = "";
    names = names.map((name, j) => {
      if (name !== "") over = name;
      const own = (row[j] ?? "").trim();
      return own === "" ? name : [name || over, own].filter(Boolean).join(" ");
    });
  }
  return names;
}

function filledCount(record: Row): number {
  return record.filter((cell) => trimCell(cell) !== "").length;
}

function isWord(cell: string | undefined): boolean {
  return kindOf(trimCell(cell ?? "")) === "text";
}

function countWhile(rows: readonly Row[], is: (row: Row) => boolean): number {
  const end = rows.findIndex((row) => !is(row));
  return end < 0 ? rows.length : end;
}

function indices(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}
