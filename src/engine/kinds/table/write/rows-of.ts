import type { Progress, Steps } from "../../../ground/progress";
import type { Cell } from "../read/cells/cell";
import type { WidenedTable } from "./added-cells";

/** Cells held at once. */
const CELLS_AT_ONCE = 100_000;

/** Some columns of some rows. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly columns: readonly ArrayLike<Cell>[];
}

/** All columns of some rows, read part by part: a table may hold no more than one. Yields `write`. */
export async function* columnsOf(table: WidenedTable, from: number, to: number): Steps<Cell[][]> {
  const columns: Cell[][] = table.names.map(() => []);
  for (const end of table.ends) {
    const start = from + columns[0]!.length;
    const stop = Math.min(to, end);
    if (start >= stop) continue;
    for (const [j, column] of columns.entries()) {
      const cells = await table.cells(j, start, stop);
      for (let i = 0; i < stop - start; i++) column.push(cells[i] ?? null);
      yield { stage: "write", done: start, total: table.rows };
    }
  }
  return columns;
}

/** A table in blocks of rows, none across the end of a part, each shown to `take`. Yields `write`. */
export async function* eachBlock(
  table: WidenedTable,
  take: (block: Block) => unknown,
): Steps<void> {
  const total = table.rows;
  const perBlock = Math.max(1, Math.floor(CELLS_AT_ONCE / table.names.length));
  let from = 0;
  for (const end of table.ends) {
    while (from < end) {
      const to = Math.min(end, from + perBlock);
      const columns: ArrayLike<Cell>[] = [];
      for (let j = 0; j < table.names.length; j++) columns.push(await table.cells(j, from, to));
      await take({ from, to, columns });
      from = to;
      yield { stage: "write", done: from, total } satisfies Progress;
    }
  }
}
