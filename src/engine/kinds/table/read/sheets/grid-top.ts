import { type Cell, cellText } from "../cells/cell";
import { choiceRefused } from "../choice-refused";
import { isCutOff } from "../layout/below";
import { sniffHeader } from "../layout/header";
import { findTop, type Top } from "../layout/top";
import { commonest, usualWidth } from "../layout/widths";
import type { ReadOptions } from "../reader";
import { type Grid, isBlank } from "./sheet-cells";

const SAMPLE_ROWS = 1000;

/**
 * Where the table on a sheet begins, among the rows that are not blank: below titles and notes, which have far fewer cells than
 * most rows, as of delimited text from there on.
 *
 * @param filled - Indices of rows that are not blank, ascending.
 * @throws EngineError `choice_not_possible` if there are no names where they are told to be.
 */
export function topOf(grid: Grid, filled: readonly number[], options: ReadOptions): Top {
  const { hasHeader, headerLine, firstLine, undone = [] } = options;
  const namesAt = headerLine === undefined ? undefined : placeOf("header", headerLine, filled);
  const firstAt = firstLine === undefined ? undefined : placeOf("first-row", firstLine, filled);
  const start = namesAt ?? Math.min(countPreamble(grid, filled), firstAt ?? Infinity);
  const some = filled.slice(start, start + SAMPLE_ROWS);
  const columns = columnsOf(grid, some);
  const records = some.map((i) => columns.map((j) => cellText(grid.rows[i]![j] ?? null)));
  const gaps = new Set([...some.keys()].filter((k) => k > 0 && some[k]! > some[k - 1]! + 1));
  const usual = usualWidth(records);
  const found = findTop(
    records,
    gaps,
    { usual, widest: Math.max(usual, columns.length) },
    {
      ...(hasHeader !== undefined && { hasHeader }),
      ...(namesAt !== undefined && { namesAt: 0 }),
      ...(firstAt !== undefined && { firstAt: firstAt - start }),
      undone,
    },
  );
  const top = { ...found, preamble: start + found.preamble };
  const isGrouped =
    hasHeader !== false &&
    top.headerRows < 2 &&
    !undone.includes("names_in_two_rows") &&
    hasGroups(grid, filled[start]!, records);
  return isGrouped ? { ...top, preamble: start, headerRows: 2, skipped: 0 } : top;
}

function placeOf(setting: "header" | "first-row", line: number, filled: readonly number[]): number {
  const place = filled.indexOf(line - 1);
  if (place >= 0) return place;
  const last = filled.at(-1)! + 1;
  const why = line < last ? "this row is blank" : `the table ends with row ${last}`;
  throw choiceRefused(setting, line, why);
}

/** Those that any of the rows with as many cells as most has a value in. */
function columnsOf({ rows }: Grid, some: readonly number[]): readonly number[] {
  const counts = some.map((i) => countFilled(rows[i]!));
  const usual = commonest(counts);
  const like = some.filter((_, k) => counts[k]! >= usual);
  const width = Math.max(...like.map((i) => rows[i]!.length));
  return Array.from({ length: width }, (_, j) => j).filter((j) =>
    like.some((i) => !isBlank(rows[i]![j])),
  );
}

/** Whether names stand in two rows: some of the first, merged over several columns, each above names of their own. */
function hasGroups({ merges }: Grid, row: number, texts: readonly (readonly string[])[]): boolean {
  const [, second, ...below] = texts;
  if (!second || below.length === 0) return false;
  const isWide = merges.some(({ top, left, right }) => top === row && right > left);
  return isWide && sniffHeader([second, ...below]);
}

/** How many of the filled rows are titles and notes above the table: they have far fewer cells than most rows. */
function countPreamble({ rows, merges }: Grid, filled: readonly number[]): number {
  const counts = filled.slice(0, SAMPLE_ROWS).map((i) => countFilled(rows[i]!));
  const usual = mostFrequent(counts);
  if (usual < 2) return 0;
  const isNote = (count: number, i: number) => {
    if (usual > 2) return 2 * count < usual || count === 1;
    // Of two columns, a title has a blank row below it, or takes the place of both.
    const isWide = merges.some(({ top, left, right }) => top === filled[i] && right > left);
    return count === 1 && (isWide || filled[i + 1] !== filled[i]! + 1);
  };
  const start = counts.findIndex((count, i) => !isNote(count, i));
  return Math.max(0, start);
}

/**
 * Texts alone in the last rows, below a blank one or beside more than one blank cell; not what rows begin with.
 *
 * @param body - Indices of the rows of the table, ascending; the first is no note.
 */
export function countNotesBelow(
  { rows }: Grid,
  body: readonly number[],
  { undone = [] }: ReadOptions,
): number {
  if (undone.includes("notes_below")) return 0;
  const usual = mostFrequent(body.slice(0, SAMPLE_ROWS).map((i) => countFilled(rows[i]!)));
  let count = 0;
  while (count < body.length - 1 && isText(rows[body[body.length - 1 - count]!]!)) count++;
  if (count === 0 || usual < 2) return 0;
  const at = body.length - count;
  if (body[at]! > body[at - 1]! + 1) return count;
  if (usual === 2) return 0;
  const firsts = body.slice(0, at).map((i) => cellText(rows[i]![0] ?? null));
  const isRow = (i: number) => !isBlank(rows[i]![0]) && isCutOff(cellText(rows[i]![0]!), firsts);
  const last = body.slice(at).findLastIndex(isRow);
  return count - 1 - last;
}

/** A text alone in its row. */
export function isText(row: readonly Cell[]): boolean {
  const [one, ...others] = row.filter((cell) => !isBlank(cell));
  return others.length === 0 && typeof one === "string" && /\p{L}/u.test(one);
}

function countFilled(row: readonly Cell[]): number {
  return row.reduce<number>((sum, cell) => sum + (isBlank(cell) ? 0 : 1), 0);
}

/** The greatest of the most frequent numbers; 0 of none. */
function mostFrequent(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : commonest(numbers.toSorted((a, b) => b - a));
}
