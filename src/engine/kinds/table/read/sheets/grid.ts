import { trimCell } from "../../columns/missing";
import { displayNames } from "../../columns/names";
import type { RepairCode, TableWarning } from "../../columns/profile";
import { type Cell, cellText } from "../cells/cell";
import type { LoadedTable } from "../cells/cell-reader";
import { heldCells } from "../cells/held-cells";
import { requireWidth } from "../cells/limits";
import { noTable } from "../cells/no-table";
import { tooLarge } from "../cells/whole-text";
import { choiceRefused } from "../choice-refused";
import { joinedNames } from "../layout/top";
import type { ReadOptions } from "../reader";
import { Repairs } from "../repairs";
import { areOtherNames, isTotal, MOST_TITLES, namesAgain } from "../layout/below";
import { countNotesBelow, isText, topOf } from "./grid-top";
import { type Grid, isBlank } from "./sheet-cells";

const MOST_CELLS = 200_000_000;

/**
 * The table on a sheet: notes above and below it and blank rows and columns left out, names and units told from rows, merged
 * cells filled.
 *
 * @throws EngineError `no_table` if there is nothing on it.
 * @throws EngineError `choice_not_possible` if there are no names, or no rows, where they are told to be.
 */
export function gridTable(grid: Grid, options: ReadOptions, format: string): LoadedTable {
  const width = grid.rows.reduce((most, row) => Math.max(most, row ? filledWidth(row) : 0), 0);
  requireWidth(width);
  if (width * grid.rows.length > MOST_CELLS) throw tooLarge(format, MOST_CELLS);
  const filled = grid.rows.flatMap((row, i) => (row && filledWidth(row) > 0 ? [i] : []));
  if (filled.length === 0) throw noTable(format, "no cell has a value");
  const top = topOf(grid, filled, options);
  const repairs = new Repairs();
  const textOf = (row: number) => grid.rows[row]!.map(cellText);
  for (const row of filled.slice(0, top.preamble)) {
    repairs.note("notes_above", row + 1, textOf(row));
  }
  const start = top.preamble + top.headerRows;
  const first = start + top.skipped;
  for (const row of filled.slice(start, first)) repairs.note("units_row", row + 1, textOf(row));
  if (top.headerRows > 1) repairs.note("names_in_two_rows", filled[top.preamble]! + 1);
  const own = top.headerRows > 0 ? grid.rows[filled[start - 1]!]! : null;
  const found = ofOneTable(grid, filled.slice(first), own, options);
  for (const [code, row] of found.leftOut) repairs.note(code, row + 1, textOf(row));
  const end = found.rows.length - countNotesBelow(grid, found.rows, options);
  for (const row of found.rows.slice(end)) repairs.note("notes_below", row + 1, textOf(row));
  const below = found.rows.slice(0, end);
  for (let at = end - 1; at > 0 && isTotal(labelOf(grid, below[at]!)); at--) {
    repairs.note("totals", below[at]! + 1, textOf(below[at]!));
  }
  const wanted = [...filled.slice(top.preamble, start), ...asked(below, options)];
  const { rows, count } = fill(grid, wanted, width);
  const columns = Array.from({ length: width }, (_, j) => j).filter((j) =>
    rows.some((row) => !isBlank(row[j])),
  );
  const table = rows.map((row) => columns.map((j) => row[j] ?? null));
  const header = headerOf(table.slice(0, top.headerRows), grid, filled[top.preamble]!, columns);
  const body = table.slice(top.headerRows);
  const { names, warnings } = displayNames(header, columns.length);
  const all: TableWarning[] = [...warnings];
  if (count > 0) all.push({ code: "merged_cells", count });
  return {
    table: heldCells(
      names,
      columns.map((_, j) => body.map((row) => row[j] ?? null)),
    ),
    isNamed: columns.map((_, j) => (header?.[j] ?? "").trim() !== ""),
    hasHeader: header !== null,
    headerLine: header === null ? null : filled[start - 1]! + 1,
    warnings: all,
    repairs: repairs.all,
  };
}

/** Rows up to a second table under most of the same names, without names that come again and titles above those. */
function ofOneTable(
  grid: Grid,
  filled: readonly number[],
  names: readonly Cell[] | null,
  { undone = [] }: ReadOptions,
): {
  readonly rows: readonly number[];
  readonly leftOut: readonly (readonly [code: RepairCode, row: number])[];
} {
  const header = names && Array.from(names, (cell) => cellText(cell ?? null));
  const rows: number[] = [];
  const leftOut: (readonly [RepairCode, number])[] = [];
  for (const row of filled) {
    const cells = grid.rows[row]!;
    // Most rows are told from names by their first cell.
    const mayBe = header !== null && cellText(cells[0] ?? null) === header[0];
    const again = mayBe ? namesAgain(cells.map(cellText), header, undone) : null;
    if (again === null) {
      if (mayBe && isTitleAtEnd(grid, rows) && areOtherNames(cells.map(cellText), header)) {
        leftOut.push(["notes_above", rows.pop()!], ["other_names", row]);
      }
      rows.push(row);
      continue;
    }
    if (again === "names_again") {
      for (let i = 0; i < MOST_TITLES && isTitleAtEnd(grid, rows); i++) {
        leftOut.push(["notes_above", rows.pop()!]);
      }
    }
    leftOut.push([again, row]);
    if (again === "second_table") break;
  }
  return { rows, leftOut };
}

/** A text alone, below a blank row. */
function isTitleAtEnd({ rows: all }: Grid, rows: readonly number[]): boolean {
  const last = rows.at(-1);
  return last !== undefined && isText(all[last]!) && last - (rows.at(-2) ?? -1) > 1;
}

/** The first text of a row. */
function labelOf({ rows }: Grid, row: number): string {
  return trimCell(cellText(rows[row]!.find((cell) => !isBlank(cell)) ?? null));
}

/** The rows that were asked for. @throws EngineError `choice_not_possible` */
function asked(rows: readonly number[], { rows: choice }: ReadOptions): readonly number[] {
  if (!choice) return rows;
  const [from, to] = choice;
  const some = rows.slice(from - 1, to ?? rows.length);
  if (some.length > 0) return some;
  throw choiceRefused("rows", `${from}-${to ?? ""}`, `the table has ${rows.length} rows`);
}

/** One name a column: what is merged over several goes before the names of each. */
function headerOf(
  lines: readonly (readonly Cell[])[],
  { rows, merges }: Grid,
  top: number,
  columns: readonly number[],
): readonly string[] | null {
  const [first, second] = lines.map((line) => line.map(cellText));
  if (!first) return null;
  if (!second) return first;
  const isMerged = merges.some(({ top: row, left, right }) => row === top && right > left);
  if (isMerged) {
    return first.map((name, j) => {
      const below = second[j]!;
      return name === below ? name : [name, below].filter((part) => part !== "").join(" ");
    });
  }
  const plain = lines.map((_, i) => columns.map((j) => cellText(rows[top + i]?.[j] ?? null)));
  return joinedNames(plain, columns.length);
}

/** Cells up to the last one that is not blank. */
function filledWidth(row: readonly Cell[]): number {
  let width = row.length;
  while (width > 0 && isBlank(row[width - 1])) width--;
  return width;
}

/** The wanted rows, each merged cell with the value of its first. */
function fill(
  { rows, merges }: Grid,
  wanted: readonly number[],
  width: number,
): { readonly rows: readonly Cell[][]; readonly count: number } {
  const filled = wanted.map((i) => Array.from({ length: width }, (_, j) => rows[i]![j] ?? null));
  const places = new Map(wanted.map((row, place) => [row, place]));
  let count = 0;
  for (const { top, left, bottom, right } of merges) {
    const value = rows[top]?.[left] ?? null;
    if (isBlank(value) || !places.has(top)) continue;
    for (let i = top; i <= Math.min(bottom, rows.length - 1); i++) {
      const row = filled[places.get(i) ?? -1];
      for (let j = left; row && j <= Math.min(right, width - 1); j++) {
        if ((i === top && j === left) || !isBlank(row[j])) continue;
        row[j] = value;
        count++;
      }
    }
  }
  return { rows: filled, count };
}
