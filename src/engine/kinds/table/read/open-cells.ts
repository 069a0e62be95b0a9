import { finish } from "../../../ground/finish";
import type { StoredColumn } from "../columns/stored-column";
import type { Cell } from "./cells/cell";
import type { CellKind, KindedTable } from "./cells/cell-table";
import type { OpenTable } from "./index";

/** Rows that are read as text at once. */
const ROWS_AT_ONCE = 20_000;

/** The cells of a table that was read: of columns that hold numbers alone as numbers, of others as they are written. */
export function cellsOf({ read, texts }: OpenTable): KindedTable {
  const stored = read.typed.map((column) => column.stored);
  const kinds = stored.map(kindOf);
  const rows = read.table.rows;
  let first = -1;
  let held: readonly (readonly string[])[] = [];
  const rowText = async (row: number): Promise<readonly string[]> => {
    const start = row - (row % ROWS_AT_ONCE);
    if (start !== first) {
      held = await finish(texts(start, start + ROWS_AT_ONCE));
      first = start;
    }
    return held[row - start] ?? [];
  };
  return {
    ...{ rows, kinds, ends: endsOf(rows), isAscii: false },
    styles: stored.map(({ style }) => style),
    areMixed: stored.map(() => false),
    names: stored.map(({ name }) => name),
    cells: async (column, from, to) => {
      const cells: Cell[] = [];
      if (kinds[column] === "text") {
        for (let i = from; i < to; i++) cells.push((await rowText(i))[column] ?? "");
      } else {
        const { numbers } = stored[column]!.part(from, to);
        for (const number of numbers ?? []) cells.push(Number.isNaN(number) ? null : number);
      }
      return cells;
    },
  };
}

/** Rows that are read at once are taken at once: the next ones replace them. */
function endsOf(rows: number): number[] {
  const parts = Math.ceil(rows / ROWS_AT_ONCE);
  return Array.from({ length: parts }, (_, part) => Math.min(rows, (part + 1) * ROWS_AT_ONCE));
}

function kindOf(column: StoredColumn): CellKind {
  const { values, numeric, whole, infinite, leadingZeros, tooPrecise, hasNumbers } = column;
  const areNumbers = hasNumbers && numeric === values;
  if (!areNumbers || infinite > 0 || leadingZeros > 0 || tooPrecise > 0) return "text";
  return whole === numeric ? "integer" : "number";
}
