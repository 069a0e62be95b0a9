import type { KnownStyle } from "../../columns/spelling/cell-style";
import type { Cell } from "./cell";

/** A table of typed cells that can be gone through again and again. */
export interface CellTable {
  readonly rows: number;
  /** To be shown: none blank, none twice. */
  readonly names: readonly string[];
  /** Where parts end that are best taken whole: row indices, ascending, the last of them `rows`. */
  readonly ends: readonly number[];
  /** Some cells of a column, from the first row to the one before `to`. */
  cells(column: number, from: number, to: number): Promise<ArrayLike<Cell>>;
}

/** What all cells of a column have in common. */
export type CellKind = "integer" | "number" | "boolean" | "date" | "text";

/** A table whose columns hold cells of one kind each, or else of any, which is text. */
export interface KindedTable extends CellTable {
  readonly kinds: readonly CellKind[];
  /** How the cells were read: what counts as missing, how numbers are written in texts. */
  readonly styles: readonly KnownStyle[];
  /** Whether cells of a column of texts are numbers, too. */
  readonly areMixed: readonly boolean[];
  /** Whether no cell or name holds anything beyond ASCII. */
  readonly isAscii: boolean;
}

/** Rows as they are shown. */
export async function rowTextsOf(
  table: CellTable,
  from: number,
  to: number,
  textOf: (cell: Cell) => string,
): Promise<string[][]> {
  const end = Math.min(to, table.rows);
  if (from >= end) return [];
  const columns: ArrayLike<Cell>[] = [];
  for (let j = 0; j < table.names.length; j++) columns.push(await table.cells(j, from, end));
  return Array.from({ length: end - from }, (_, i) => columns.map((cells) => textOf(cells[i]!)));
}
