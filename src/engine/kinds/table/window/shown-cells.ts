import { EngineError } from "../../../ground/errors";
import type { Steps } from "../../../ground/progress";
import type { Column } from "../columns/column";
import { meansMissing, type MissingStyle, trimCell } from "../columns/missing";
import { columnPart } from "../columns/select-rows";
import type { OpenTable } from "../read/index";
import { type ColumnFilter, filterRows } from "./filter-rows";

/** Cells to be shown, of the rows that pass all filters, or of those that are listed. */
export interface WantedCells {
  readonly filters: readonly ColumnFilter[];
  /** The first row, counted among those that pass. */
  readonly from: number;
  /** The row after the last; it may lie beyond the end. */
  readonly to: number;
  /** Indices of columns. */
  readonly columns: readonly number[];
  /** Rows of the table, ascending, in place of those that pass; `from` and `to` count these then. */
  readonly among?: Int32Array<ArrayBuffer>;
}

/** Numbers as they were read, or text as it is written; NaN or null where a cell counts as missing. */
export type CellsOfColumn =
  | { readonly kind: "numbers"; readonly values: Float64Array<ArrayBuffer> }
  | { readonly kind: "texts"; readonly values: readonly (string | null)[] };

export interface ShownCells {
  /** How many rows pass the filters. */
  readonly passing: number;
  /** Shape [n]: which rows of the table these are. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** One for every column asked for, of n cells. */
  readonly columns: readonly CellsOfColumn[];
}

/** More rows at once are no screenful. */
const MOST_ROWS = 2000;
/** Longer texts are cut. */
const LONGEST = 500;
/** Rows between two wanted ones that are rather read over than gone to. */
const NEAR = 1000;

/**
 * Some cells to be shown. What columns keep is taken from them; texts that none keeps are read from the file again.
 *
 * @throws EngineError `bad_parameter` if there is no such column, or too many rows are asked for.
 */
export async function* shownCells(
  open: OpenTable,
  { filters, from, to, columns, among }: WantedCells,
): Steps<ShownCells> {
  const { table } = open.read;
  if (to - from > MOST_ROWS) {
    throw new EngineError("bad_parameter", `at most ${MOST_ROWS} rows at once, not ${to - from}`);
  }
  const passing = among ?? (filters.length > 0 ? passingRows(open, filters) : null);
  const count = passing?.length ?? table.rows;
  const rows = passing
    ? passing.slice(from, to)
    : Int32Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, i) => from + i);
  const kept = columns.map((index) => {
    const column = table.columns[index];
    if (!column) throw new EngineError("bad_parameter", `there is no column ${index}`);
    return keptCells(column, rows);
  });
  const texts = kept.includes(null) ? yield* textsOf(open, rows) : [];
  return {
    passing: count,
    rows,
    columns: kept.map(
      (cells, k) =>
        cells ?? {
          kind: "texts",
          values: texts.map((row) =>
            shown(row?.[columns[k]!] ?? "", open.read.typed[columns[k]!]!.stored.style),
          ),
        },
    ),
  };
}

const lastFiltered = new WeakMap<
  OpenTable["read"],
  { readonly key: string; readonly rows: Int32Array<ArrayBuffer> }
>();

/** The same for one screenful after another: made once. */
function passingRows({ read }: OpenTable, filters: readonly ColumnFilter[]) {
  const key = JSON.stringify(filters);
  const last = lastFiltered.get(read);
  if (last?.key === key) return last.rows;
  const rows = filterRows(read, filters);
  lastFiltered.set(read, { key, rows });
  return rows;
}

/** Null if the column keeps no text. */
function keptCells(column: Column, rows: Int32Array): CellsOfColumn | null {
  const first = rows[0] ?? 0;
  const isRun = rows.length === 0 || rows.at(-1)! - first === rows.length - 1;
  const { type, numbers, codes, categories } = isRun
    ? columnPart(column, first, first + rows.length)
    : column;
  const at = (i: number) => (isRun ? i : rows[i]!);
  if (numbers && (type === "number" || type === "integer")) {
    return { kind: "numbers", values: Float64Array.from(rows, (_, i) => numbers[at(i)]!) };
  }
  if (numbers && type === "date") {
    return { kind: "texts", values: Array.from(rows, (_, i) => dateText(numbers[at(i)]!)) };
  }
  if (!codes) return null;
  return { kind: "texts", values: Array.from(rows, (_, i) => categories[codes[at(i)]!] ?? null) };
}

/** The same in every language, and as exact as it was read. */
function dateText(date: number): string | null {
  if (Number.isNaN(date)) return null;
  return new Date(date)
    .toISOString()
    .replace(/T00:00:00\.000Z$|(?::00)?\.000Z$|Z$/, "")
    .replace("T", " ");
}

function shown(raw: string, style: MissingStyle): string | null {
  const cell = trimCell(raw);
  if (meansMissing(cell, style)) return null;
  return cell.length > LONGEST ? `${cell.slice(0, LONGEST)}…` : cell;
}

/** Each of these rows as it is written; undefined where the file has become shorter. */
async function* textsOf(
  { texts }: OpenTable,
  rows: Int32Array,
): Steps<(readonly string[] | undefined)[]> {
  const found: (readonly string[] | undefined)[] = [];
  for (let start = 0; start < rows.length;) {
    let end = start + 1;
    while (end < rows.length && rows[end]! - rows[end - 1]! <= NEAR) end++;
    const first = rows[start]!;
    const written = yield* texts(first, rows[end - 1]! + 1);
    for (; start < end; start++) found.push(written[rows[start]! - first]);
  }
  return found;
}
