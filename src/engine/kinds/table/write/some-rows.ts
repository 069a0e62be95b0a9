import type { Steps } from "../../../ground/progress";
import type { Cell } from "../read/cells/cell";
import type { KindedTable } from "../read/cells/cell-table";
import { isEmpty, type WidenedTable } from "./added-cells";

/** The rows in which a column is empty, ascending. That column alone is read. Yields `write`. */
export async function* emptyRows(table: KindedTable, column: number): Steps<Int32Array> {
  const style = table.styles[column]!;
  const rows = new Int32Array(table.rows);
  let count = 0;
  let from = 0;
  for (const to of table.ends) {
    const cells = await table.cells(column, from, to);
    for (let row = from; row < to; row++) {
      if (isEmpty(cells[row - from]!, style)) rows[count++] = row;
    }
    from = to;
    yield { stage: "write", done: 0, total: table.rows };
  }
  return rows.slice(0, count);
}

/** A table of some rows of another. Its parts end where those of the other do, so that each is still taken whole. */
export function someRows(table: WidenedTable, rows: Int32Array): WidenedTable {
  const { names, kinds, isAscii } = table;
  const ends = table.ends.map((end) => firstFrom(end, rows));
  return {
    ...{ names, kinds, isAscii, ends },
    rows: rows.length,
    cells: async (column, from, to) => {
      const cells: Cell[] = [];
      for (const end of ends) {
        const [first, next] = [from + cells.length, Math.min(to, end)];
        if (first >= next) continue;
        const start = rows[first]!;
        const read = await table.cells(column, start, rows[next - 1]! + 1);
        for (let i = first; i < next; i++) cells.push(read[rows[i]! - start]!);
      }
      return cells;
    },
  };
}

/** How many of the rows lie before one. */
function firstFrom(end: number, rows: Int32Array): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]! < end) low = middle + 1;
    else high = middle;
  }
  return low;
}
